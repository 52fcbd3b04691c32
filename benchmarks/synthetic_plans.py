"""Makes a data folder of made-up plans, as large as the country or larger, to test and measure on.

    python benchmarks/synthetic_plans.py FOLDER [--regions 552] [--periods 3] [--seed 1]

FOLDER is what `--data` takes (`visidaerah serve --data FOLDER --only`). The texts are put together
by chance from building blocks of our own, the same for the same seed, and go through the whole
pipeline, so that every passage is true to its text. Each says of itself, in text, title and
publisher, that it is synthetic: nothing in it was planned by anybody.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from visidaerah import names
from visidaerah.build import graphs_of, read, shipped_knowledge, to_trig
from visidaerah.documents import Metadata, from_bytes
from visidaerah.library import Entry, Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from visidaerah.build import Knowledge
    from visidaerah.regions import Region

FIRST_YEAR = 2015
YEARS = 5
PUBLISHER = "Synthetic data of visidaerah, not a publication of any government"

QUALITIES = {
    "Sejahtera": "masyarakat yang terpenuhi kebutuhan dasarnya dan terbuka lapangan kerjanya",
    "Sehat": "masyarakat yang mudah memperoleh layanan kesehatan yang bermutu",
    "Cerdas": "masyarakat yang berpendidikan dan gemar membaca",
    "Tangguh": "daerah yang siap menghadapi bencana dan perubahan iklim",
    "Religius": "masyarakat yang menjalankan ajaran agamanya dan hidup rukun",
    "Berbudaya": "masyarakat yang melestarikan adat dan kesenian daerah",
    "Mandiri": "daerah yang mampu membiayai pembangunannya dari pendapatan sendiri",
    "Lestari": "lingkungan hidup yang bersih dan terjaga bagi anak cucu",
    "Berdaya Saing": "perekonomian yang bertumpu pada usaha mikro dan investasi",
    "Aman": "daerah yang tertib dan bebas dari gangguan keamanan",
}
VERBS = ("Meningkatkan", "Mewujudkan", "Memperkuat", "Mengembangkan", "Memperluas", "Membangun")
FIELDS = (
    "akses pendidikan dasar dan menengah",
    "pelayanan kesehatan ibu dan anak",
    "jaringan jalan, irigasi, dan drainase",
    "perumahan dan kawasan permukiman yang layak",
    "ketenteraman dan ketertiban umum",
    "perlindungan sosial bagi keluarga miskin",
    "lapangan kerja dan pelatihan tenaga kerja",
    "pemberdayaan perempuan dan perlindungan anak",
    "ketahanan pangan rumah tangga",
    "pengelolaan sampah dan ruang terbuka hijau",
    "administrasi kependudukan yang mudah",
    "kemandirian desa dan lembaga kemasyarakatannya",
    "angkutan umum dan keselamatan lalu lintas",
    "layanan informatika dan internet di setiap kecamatan",
    "koperasi dan usaha mikro",
    "iklim investasi dan perizinan",
    "prestasi pemuda dan olahraga",
    "perpustakaan dan budaya baca",
    "hasil tangkapan nelayan dan budi daya ikan",
    "kunjungan wisata dan ekonomi kreatif",
    "hasil panen petani dan peternak",
    "pasar rakyat dan perdagangan",
    "industri kecil dan menengah",
    "reformasi birokrasi dan pelayanan publik",
    "kerukunan antarumat beragama",
)
QUALIFIERS = (
    "yang merata sampai ke pelosok",
    "yang bermutu dan terjangkau",
    "dengan melibatkan masyarakat",
    "secara berkelanjutan",
    "yang terbuka dan dapat dipertanggungjawabkan",
    "berbasis potensi setempat",
    "",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A plan to be made up; `number` tells those of one region and period apart."""

    region: Region
    first_year: int
    number: int
    seed: int

    @property
    def period(self) -> str:
        """Return the years that the plan covers."""
        return f"{self.first_year}-{self.first_year + YEARS - 1}"

    @property
    def slug(self) -> str:
        """Return the name of the plan."""
        again = f"-{self.number}" if self.number > 1 else ""
        return names.slug_of(f"sintetis {self.region.label()} {self.first_year}{again}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder and say how large it is; 1 where it is there already."""
    options = _parser().parse_args(arguments)
    if options.folder.exists():
        sys.stderr.write(f"{options.folder} exists. Remove it, or name another.\n")
        return 1
    tasks = list(tasks_of(shipped_regions(), options.regions, options.periods, options.seed))
    started = time.monotonic()
    with ProcessPoolExecutor(options.jobs) as pool:
        sizes = list(pool.map(make, tasks, [options.folder] * len(tasks), chunksize=16))
    seconds = time.monotonic() - started
    sys.stdout.write(f"{len(sizes):,} plans, {sum(sizes):,} quads, {seconds:.0f} s\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="data folder to be made")
    parser.add_argument("--regions", type=int, default=552, help="how many regions (552)")
    parser.add_argument("--periods", type=int, default=3, help="plans of each region (3)")
    parser.add_argument("--seed", type=int, default=1, help="another number, other plans (1)")
    parser.add_argument("--jobs", type=int, default=None, help="processes (one for each core)")
    return parser


def shipped_regions() -> tuple[Region, ...]:
    """Return the regions in an order in which the first few are spread over the country."""
    regions = list(known().regions)
    Random(0).shuffle(regions)  # noqa: S311 (nothing secret)
    return tuple(regions)


@cache
def known() -> Knowledge:
    """Return what reading needs to know, once in a process."""
    return shipped_knowledge()


def tasks_of(regions: Sequence[Region], count: int, periods: int, seed: int) -> Iterator[Task]:
    """Yield the plans to be made up; where more regions are wanted than there are, some twice."""
    rounds = range(1, 2 + (count - 1) // len(regions))
    chosen = islice(product(rounds, regions), count)
    for number, region in chosen:
        for period in range(periods):
            year = FIRST_YEAR + YEARS * period
            yield Task(region=region, first_year=year, number=number, seed=seed)


def make(task: Task, folder: Path) -> int:
    """Make up a plan, read it, put it into the folder and return the number of its quads."""
    title = f"[SINTETIS] Visi dan Misi {task.region.label()} {task.period}"
    metadata = Metadata(title=title, region=task.region.code, publisher=PUBLISHER)
    document = from_bytes(text_of(task).encode(), task.slug, metadata)
    quads = list(graphs_of(read(document, known()), known()))
    Library(folder).put(Entry(document=document, graph=to_trig(quads)))
    return len(quads)


def text_of(task: Task) -> str:
    """Return the text of a made-up plan, the same for the same task."""
    chance = Random(f"{task.seed} {task.slug}")  # noqa: S311 (nothing secret)
    qualities = chance.sample(sorted(QUALITIES), chance.randint(3, 4))
    region = task.region.label()
    return "\n\n".join(
        (
            f"Visi dan Misi {region} Tahun {task.period}",
            "(Naskah sintetis untuk pengujian; bukan dokumen pemerintah.)",
            f'Visi RPJMD {region} Tahun {task.period} adalah "{vision(region, qualities)}".',
            f"Visi tersebut mengandung {len(qualities)} pokok visi, yaitu:",
            numbered(f"{name}: {QUALITIES[name]}." for name in qualities),
            "Misi",
            numbered(
                mission(chance, field) for field in chance.sample(FIELDS, mission_count(chance))
            ),
        )
    )


def vision(region: str, qualities: Sequence[str]) -> str:
    """Return a vision with these qualities."""
    return f"Terwujudnya {region} yang {', '.join(qualities[:-1])}, dan {qualities[-1]}"


def mission_count(chance: Random) -> int:
    """Return how many missions a plan has: five as a rule."""
    return chance.choice((3, 4, 5, 5, 5, 6, 7, 9))


def mission(chance: Random, field: str) -> str:
    """Return a mission in a field."""
    return f"{chance.choice(VERBS)} {field} {chance.choice(QUALIFIERS)}".strip()


def numbered(items: Iterable[str]) -> str:
    """Return lines with numbers."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))


if __name__ == "__main__":
    raise SystemExit(main())
