"""The catalogue of content items and figures: data, in versions (danh mục nội dung).

Codes are shared by plans, checklists, work groups and reports. ``letter`` is of NĐ
63/2010, Đ. 35a.2; ``work_groups`` are of the 13 groups of a work programme (Sóc Trăng
2019); ``areas`` are of administrative reform. A plan may name items of its own beside
these.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentItem:
    """One thing that is looked at at a unit (nội dung kiểm tra)."""

    code: str
    title: str
    letter: str | None = None
    work_groups: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricCode:
    """One figure that may be recorded: a COUNT, PERCENT, or SCORE (``out_of``)."""

    code: str
    title: str
    unit: str
    out_of: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One version of the catalogue."""

    version: int
    items: tuple[ContentItem, ...]
    metrics: tuple[MetricCode, ...]

    @property
    def sha256(self) -> str:
        """Return the hash of what it says: it names the version for good."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _items(
    *rows: tuple[str, str, str | None, tuple[int, ...], str],
) -> tuple[ContentItem, ...]:
    return tuple(
        ContentItem(
            code=code,
            title=title,
            letter=letter,
            work_groups=groups,
            areas=tuple(areas.split()),
        )
        for code, title, letter, groups, areas in rows
    )


def _counted(unit: str, **titles: str) -> tuple[MetricCode, ...]:
    return tuple(
        MetricCode(code=code, title=title, unit=unit) for code, title in titles.items()
    )


def _scored(source: str, **scores: tuple[str, int]) -> tuple[MetricCode, ...]:
    return tuple(
        MetricCode(code=code, title=title, unit="SCORE", out_of=out_of, source=source)
        for code, (title, out_of) in scores.items()
    )


ITEMS_1 = _items(
    ("DIRECTION", "Chỉ đạo, điều hành, tổ chức thực hiện", "a", (1,), "DIRECTIVES"),
    ("PAR_TASKS", "Nhiệm vụ trong Kế hoạch cải cách hành chính", None, (), "TASKS"),
    ("DIRECTIVES", "Thực hiện chỉ đạo của cấp trên", None, (), "DIRECTIVES"),
    ("TRAINING", "Nâng cao nghiệp vụ", "a", (2,), "CIVIL_SERVICE"),
    (
        "IMPACT_ASSESSMENT",
        "Đánh giá tác động; tiếp thu, giải trình",
        "b",
        (3,),
        "INSTITUTIONS",
    ),
    (
        "DRAFT_RULES",
        "Tham gia ý kiến, thẩm định quy định thủ tục hành chính",
        "b",
        (4,),
        "INSTITUTIONS",
    ),
    ("PUBLICATION", "Công bố, công khai, niêm yết", "c", (5,), "PROCEDURES"),
    (
        "PROCEDURE_REVIEW",
        "Rà soát, đánh giá, đơn giản hóa thủ tục hành chính",
        "d",
        (6,),
        "PROCEDURES",
    ),
    ("FEEDBACK", "Tiếp nhận, xử lý phản ánh, kiến nghị", "đ", (7,), "PROCEDURES"),
    ("ONE_STOP", "Một cửa, một cửa liên thông", "c", (8, 9), "PROCEDURES"),
    ("PROCESSING", "Giải quyết hồ sơ", "c", (8, 9), "PROCEDURES"),
    ("RECORDS", "Sổ theo dõi, phiếu kiểm soát", "c", (8,), "PROCEDURES"),
    ("DIGITISATION", "Số hóa hồ sơ, kết quả", "c", (), "DIGITAL_GOVERNMENT"),
    (
        "OFFICER_DUTY",
        "Công chức đầu mối, Bộ phận Tiếp nhận và Trả kết quả, công chức chuyên môn",
        "c",
        (),
        "CIVIL_SERVICE",
    ),
    (
        "HEAD_ACCOUNTABILITY",
        "Trách nhiệm của người đứng đầu",
        "a",
        (10,),
        "CIVIL_SERVICE",
    ),
    ("INSPECTION_DUTY", "Kiểm tra của cấp dưới, tự kiểm tra", "a", (11,), "DIRECTIVES"),
    ("COMMUNICATION", "Truyền thông", "e", (12,), "PROCEDURES"),
    ("REPORTING", "Chế độ thông tin, báo cáo", "a", (13,), "DIRECTIVES"),
    (
        "PRIOR_SHORTCOMINGS",
        "Khắc phục tồn tại: các chỉ số, các lần kiểm tra trước",
        "e",
        (),
        "DIRECTIVES",
    ),
    ("ORGANISATION", "Tổ chức bộ máy", None, (), "ORGANISATION"),
    ("RECRUITMENT", "Tuyển dụng, sử dụng cán bộ", None, (), "CIVIL_SERVICE"),
    ("STAFFING", "Quản lý biên chế", None, (), "CIVIL_SERVICE"),
    ("JOB_POSITIONS", "Vị trí việc làm", None, (), "CIVIL_SERVICE"),
    ("STAFF_QUALITY", "Chất lượng đội ngũ cán bộ", None, (), "CIVIL_SERVICE"),
    ("CIVIL_SERVICE", "Kỷ luật, kỷ cương hành chính", None, (), "CIVIL_SERVICE"),
    ("AUTONOMY", "Cơ chế tự chủ", None, (), "PUBLIC_FINANCE"),
    ("PUBLIC_FINANCE", "Tài chính công", None, (), "PUBLIC_FINANCE"),
    ("DIGITAL_GOV", "Chính quyền số", None, (), "DIGITAL_GOVERNMENT"),
)
METRICS_1 = (
    *_counted(
        "COUNT",
        OVERDUE_OPEN="Hồ sơ quá hạn chưa giải quyết",
        FINISHED_LATE="Hồ sơ giải quyết trễ hạn",
        LATE_TASKS="Nhiệm vụ trễ hạn trên phần mềm giao việc",
    ),
    *_counted(
        "PERCENT",
        ONLINE_SUBMITTED="Hồ sơ nộp trực tuyến",
        PAID_ONLINE="Hồ sơ thanh toán trực tuyến",
        DIGITISED="Hồ sơ, kết quả đã số hóa",
        E_DOCUMENTS="Văn bản trao đổi điện tử",
        CERTIFIED_E_COPIES="Bản sao điện tử được chứng thực",
        POSTED_ON_TIME="Thủ tục hành chính công khai, niêm yết đúng hạn",
        VERTICAL_ACCEPTED="Thủ tục ngành dọc đã tiếp nhận theo danh mục",
    ),
    *_scored(
        "QĐ 766/QĐ-TTg ngày 23/6/2022",
        INDEX_766_TRANSPARENCY=("Công khai, minh bạch", 18),
        INDEX_766_PROGRESS=("Tiến độ, kết quả giải quyết", 20),
        INDEX_766_DIGITISATION=("Số hóa hồ sơ", 22),
        INDEX_766_ONLINE=("Cung cấp dịch vụ trực tuyến", 22),
        INDEX_766_SATISFACTION=("Mức độ hài lòng", 18),
        INDEX_766=("Bộ chỉ số 766, cả năm nhóm", 100),
    ),
    *_scored(
        "Chỉ số cải cách hành chính hằng năm",
        PAR_INDEX=("Chỉ số cải cách hành chính (PAR INDEX)", 100),
    ),
)
CATALOGUE = Catalogue(version=1, items=ITEMS_1, metrics=METRICS_1)
