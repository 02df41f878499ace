"""Which test shows which row of the seed texts: `python -m tests.seeds` writes it down.

A row is a line of a real public text that the product must be able to run. The marks
(``@pytest.mark.seed("2.19")``) stand on the tests; nothing is kept by hand here but the
rows themselves.
"""

import ast
from pathlib import Path

PAGE = Path("docs/seeds.md")

ROWS = {  # row: (the text's words, what the product does about it)
    "2.1": (
        "Thực hiện Kế hoạch kiểm tra CCHC năm 2023",
        "carries out a district's plan",
    ),
    "2.2": (
        "từ ngày 09/5 đến ngày 23/5",
        "a round over several units: 15 days, 11 working",
    ),
    "2.3": (
        "Tổ Kiểm tra công tác CCHC và kiểm tra kiểm soát TTHC",
        "two programmes, one visit",
    ),
    "2.4": (
        "ông … - Trưởng phòng Nội vụ làm Tổ trưởng",
        "a leader and the office they hold",
    ),
    "2.5": ("tại tất cả các xã, phường", "quota ALL, coverage 7/7"),
    "2.6": (
        "ban hành đầy đủ, kịp thời Kế hoạch CCHC …",
        "a strength, assessed and evidenced",
    ),
    "2.7": (
        "niêm yết TTHC bằng mã QR, mô hình Thanh niên hỗ trợ …",
        "good practices, adopters",
    ),
    "2.8": (
        "không có hồ sơ quá hạn và trễ hạn",
        "open overdue and finished late, apart",
    ),
    "2.9": (
        "hồ sơ trực tuyến, thanh toán trực tuyến, số hóa …",
        "percentages with their terms",
    ),
    "2.10": (
        "không có nhiệm vụ trễ hạn trên phần mềm giao việc",
        "a metric, its source system",
    ),
    "2.11": (
        "cơ chế tự chủ, … kinh phí; Kỷ luật, kỷ cương …",
        "reform beyond procedures",
    ),
    "2.12": (
        "khắc phục … qua các lần kiểm tra trước",
        "carried-over items, looked at again",
    ),
    "2.13": (
        "Một số xã, phường chưa cập nhật Kế hoạch rà soát …",
        "one finding per unit, grouped",
    ),
    "2.14": (
        "sổ theo dõi, phiếu kiểm soát … chưa đầy đủ",
        "a finding on record keeping",
    ),
    "2.15": (
        "chưa kịp thời, thiếu đánh số trang và chưa thể hiện …",
        "three checks of a posting",
    ),
    "2.16": (
        "TTHC ngành dọc chưa được đưa ra tiếp nhận … theo danh mục",
        "list against list",
    ),
    "2.17": (
        "số hóa … còn hiệu lực … từ năm 2022 trở về trước",
        "a backlog with its period",
    ),
    "2.18": (
        "khẩn trương khắc phục những tồn tại, hạn chế",
        "no date: the plan's default",
    ),
    "2.19": (
        "hoàn thành việc số hóa … trong tháng 9 năm 2023",
        "END_OF_MONTH, rolled; overdue",
    ),
    "2.20": ("triển khai thí điểm, nhân rộng các mô hình", "replication directed"),
    "2.21": ("Thường xuyên tự kiểm tra, giám sát", "a standing duty, never due"),
    "2.22": (
        "xử lý nghiêm … nhũng nhiễu, phiền hà",
        "misconduct referred; a standing duty",
    ),
    "2.23": (
        "tuyên truyền; Nâng cao … dịch vụ công trực tuyến",
        "open-ended: not verifiable",
    ),
}


def marks():
    """Return the tests of each row, as ``path::name``."""
    found = {}
    for path in sorted(Path("tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            for decorator in getattr(node, "decorator_list", []):
                for row in _rows_of(decorator):
                    found.setdefault(row, []).append(f"{path}::{node.name}")
    return found


def _rows_of(decorator):
    """Return the rows of a mark, also of one on a single parameter."""
    return [
        argument.value
        for node in ast.walk(decorator)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.seed")
        for argument in node.args
    ]


def page():
    """Return the text of docs/seeds.md."""
    lines = [
        "# The seed texts, line by line",
        "",
        "Made from the marks on the tests by `python -m tests.seeds`; do not edit.",
        "",
        "## TP Hồng Ngự, results of 9 to 23 May 2023 (`kiemtra demo hong-ngu-2023`)",
        "",
        "| row | the text | what it becomes | shown by |",
        "|---|---|---|---|",
    ]
    tests = marks()
    for row, (text, becomes) in ROWS.items():
        shown = "<br>".join(f"`{test}`" for test in tests.get(row, ["(no test)"]))
        lines.append(f"| {row} | {text} | {becomes} | {shown} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
