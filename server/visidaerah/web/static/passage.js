/* Part of visidaerah (Apache-2.0). */
var[,e]=/^#char=(\d+),\d+$/.exec(location.hash)??[],a=new URL(location.href);e&&!document.getElementById(location.hash.slice(1))&&a.searchParams.get("at")!==e&&(a.searchParams.delete("part"),a.searchParams.set("at",e),location.replace(a));
