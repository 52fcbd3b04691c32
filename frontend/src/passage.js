// A long text is shown in portions: a link to a passage that is in another one leads there.

const [, start] = /^#char=(\d+),\d+$/.exec(location.hash) ?? [];
const address = new URL(location.href);
if (start && !document.getElementById(location.hash.slice(1)) && address.searchParams.get("at") !== start) {
  address.searchParams.delete("part");
  address.searchParams.set("at", start);
  location.replace(address);
}
