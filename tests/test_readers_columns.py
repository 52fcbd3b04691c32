from __future__ import annotations

import pytest

from stated import MISSIONS, VISION, missions_of, vision_of
from visidaerah.readers import CSV, TEXT, read_source

ITEMS = "\n".join(f"{n}. {mission}" for n, mission in enumerate(MISSIONS, 1))


def text_of(table: str, name: str = "rencana.csv") -> str:
    return read_source(table.encode(), name).text


@pytest.mark.parametrize(
    "table",
    [
        f'daerah,visi,misi\nKabupaten Boyolali,"{VISION}","{ITEMS}"\n',
        f'\ufeffno;daerah;visi;misi\n1;Kabupaten Boyolali;"{VISION}";"{ITEMS}"\n',
        f"kabupaten\tvisi\tmisi\nBoyolali\t{VISION}\t{'<br>'.join(ITEMS.splitlines())}\n",
        f'kabupaten,Visi,Misi\nBoyolali,"{VISION}","{MISSIONS[0]}"\n'
        + "".join(f',,"{mission}"\n' for mission in MISSIONS[1:]),
        f'visi,misi_1,misi_2,misi_3\n"{VISION}",' + ",".join(f'"{m}"' for m in MISSIONS),
        f'jenis,isi\nvisi,"{VISION}"\n' + "".join(f'misi,"{m}"\n' for m in MISSIONS),
        f'no,jenis,isi\n1,Visi,"{VISION}"\n'
        + "".join(f'{n},Misi {n - 1},"{m}"\n' for n, m in enumerate(MISSIONS, 2)),
    ],
    ids=[
        "commas",
        "semicolons",
        "tabs",
        "a mission to a row",
        "a mission to a column",
        "named rows",
        "numbered and named rows",
    ],
)
def test_columns_and_rows_that_are_named_after_statements_are_read(table: str) -> None:
    text = text_of(table)
    assert vision_of(text) == VISION
    assert missions_of(text) == list(MISSIONS)


def test_each_line_knows_its_row() -> None:
    source = read_source(b"kota,visi,misi\nContoh,Maju,Menata\n,,Membangun\n", "rencana.csv")
    assert source.text == "kota: Contoh\n\nvisi\nMaju\n\nmisi\n- Menata\n- Membangun\n"
    assert [(p.value, p.span.of(source.text)) for p in source.places] == [
        ("row/2", "kota: Contoh\n\nvisi\nMaju\n\nmisi\n- Menata"),
        ("row/3", "- Membangun"),
    ]
    assert source.media_type == CSV


def test_of_several_plans_the_first_is_read_and_the_others_are_remarked() -> None:
    source = read_source(b"kota,visi\nA,\nB,Maju\nC,Jaya\n", "rencana.csv")
    assert source.text == "kota: B\n\nvisi\nMaju\n"
    [remark] = source.remarks
    assert "has 2 rows with a vision; the first was read, row 3." in remark


@pytest.mark.parametrize(
    "text",
    ["kota,penduduk\nA,12\n", "visi,misi\n", "Visi kota, yang maju\n", 'a,"visi\nb', "x\n" * 3],
)
def test_another_table_or_a_text_is_left_as_it_is(text: str) -> None:
    source = read_source(text.encode(), "data.csv")
    assert (source.text, source.media_type, source.places) == (text, TEXT, ())


def test_a_cell_beyond_what_a_table_holds_leaves_the_text_as_it_is() -> None:
    text = f'visi,misi\n"{"maju " * 40_000}",b\n'
    assert text_of(text) == text
