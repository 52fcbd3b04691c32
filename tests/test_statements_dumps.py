"""Statements in the data that pages are made of: JSON, SQL, PHP, scripts, as they were copied."""

from __future__ import annotations

import json

import pytest

from stated import MISSIONS, VISION, missions_of, plan_of, vision_of

TITLE = "Visi Kabupaten Boyolali Tahun 2021-2026"
PLAIN = f"{TITLE}\n\n“{VISION}”\n\nMisi\n" + "\n".join(
    f"{n}. {m}" for n, m in enumerate(MISSIONS, 1)
)
ITEMS = "".join(f"<li>{mission}</li>\n" for mission in MISSIONS)
HTML = f"<p>{TITLE}</p>\n<p>“{VISION}”</p>\n<p>Misi</p>\n<ol>\n{ITEMS}</ol>"
BROKEN = f"<b>{TITLE}</b><br>&nbsp;“{VISION}”<br><br><b>Misi</b><br>" + "<br />".join(
    f"{n}.&nbsp;{m}" for n, m in enumerate(MISSIONS, 1)
)
LITERALS = "".join(f"    '{mission}',\n" for mission in MISSIONS)
DUMPS = {
    "json": json.dumps({"id": 7, "isi": PLAIN}),
    "json of windows": json.dumps({"isi": PLAIN.replace("\n", "\r\n")}),
    "json of html": json.dumps({"isi": HTML}),
    "json of html with escaped slashes": json.dumps({"isi": HTML}).replace("/", "\\/"),
    "json of html with escaped tags": json.dumps({"isi": HTML})
    .replace("<", "\\u003c")
    .replace(">", "\\u003e"),
    "json of broken lines": json.dumps({"isi": BROKEN}),
    "sql": "INSERT INTO `profil` VALUES\n(1,'Sejarah','Kota lama.','2020-01-01'),\n(2,'Visi Misi','"
    + HTML.replace("\n", "\\r\\n")
    + "','2021-03-04 10:00:00');\n",
    "sql with entities": "INSERT INTO t VALUES (1,'"
    + HTML.replace("“", "&quot;").replace("”", "&quot;")
    + "');",
}
RECORDS = {
    "array": json.dumps({"kabupaten": "Boyolali", "visi": VISION, "misi": MISSIONS}, indent=2),
    "key behind the array": json.dumps(
        {"region": "Kabupaten Boyolali", "visi": VISION, "misi": MISSIONS, "urutan": 4}, indent=1
    ),
    "numbers before": json.dumps(
        {"kabupaten": "Boyolali", "mulai": 2021, "selesai": 2026, "visi": VISION, "misi": MISSIONS}
    ),
    "objects": json.dumps(
        {
            "region": "Kabupaten Boyolali",
            "vision": {"text": VISION},
            "missions": [{"no": n, "text": m} for n, m in enumerate(MISSIONS, 1)],
        }
    ),
    "object": json.dumps(
        {"kabupaten": "Boyolali", "visi": VISION, "misi": dict(enumerate(MISSIONS))}
    ),
    "records": json.dumps(
        {
            "kabupaten": "Boyolali",
            "visi": VISION,
            "misi": [{"id": n, "misi": m, "urutan": n} for n, m in enumerate(MISSIONS, 1)],
        },
        indent=2,
    ),
    "lines of records": json.dumps({"kabupaten": "Boyolali", "visi": VISION})
    + "".join("\n" + json.dumps({"misi": mission}) for mission in MISSIONS),
    "old php": f"$isi = array('kabupaten' => 'Boyolali', 'visi' => '{VISION}', 'misi' => array(\n"
    + "".join(f"  {n} => '{mission}',\n" for n, mission in enumerate(MISSIONS))
    + "));",
    "php": f"return [\n  'visi' => '{VISION}',\n  'misi' => [\n{LITERALS}  ],\n  'no' => '2',\n];",
    "script": f"const isi = {{\n  visi: '{VISION}',\n  misi: [\n{LITERALS}  ],\n  urut: '2'\n}};",
    "yaml": f'---\nvisi: "{VISION}"\nmisi:\n' + "".join(f"  - {m}\n" for m in MISSIONS) + "---\n",
}


@pytest.mark.parametrize("dump", DUMPS.values(), ids=DUMPS)
def test_a_page_in_a_field_is_read_with_its_years(dump: str) -> None:
    assert vision_of(dump) == VISION
    assert missions_of(dump) == list(MISSIONS)
    period = plan_of(dump).period
    assert period is not None
    assert (period.start_year, period.end_year) == (2021, 2026)


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_fields_that_are_named_after_statements_are_read(record: str) -> None:
    assert vision_of(record) == VISION
    assert missions_of(record) == list(MISSIONS)
    region = plan_of(record).region
    assert region is not None
    assert region.code == "33.09"


def test_a_word_in_quotation_marks_before_a_colon_is_no_key() -> None:
    text = (
        f'VISI\nTerwujudnya kabupaten yang “Maju” dan "Jaya": adil dan makmur\n\nMISI\n{MISSIONS}'
    )
    assert vision_of(text) == 'Terwujudnya kabupaten yang “Maju” dan "Jaya": adil dan makmur'
