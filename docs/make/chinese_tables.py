"""README's tables as README.zh.md shows them: the same numbers, the words in Chinese.

`docs.make.tables` fills both pages at once; nothing is measured or copied for the Chinese one.
"""

from __future__ import annotations

import re

from rich.cells import cell_len

from autograder.course import ROOT

PAGE = ROOT / "README.zh.md"
NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*(?=x?\b)")
#: Headings, cells, remarks beside a command and last lines; ``{}`` stands for a number.
WORDS = {
    # headings
    "question": "题目",
    "solution": "参考解答",
    "stub": "待填代码",
    "other ways": "其他正确写法",
    "caught": "查出",
    "named": "认出",
    "lab": "实验",
    "mutants": "变异体",
    "no mistakes": "其实无错",
    "told, %": "查出，%",
    "unexplained": "原因不明",
    "named, %": "认出，%",
    "perhaps named, %": "可能认出，%",
    "not named, %": "未认出，%",
    "cases": "用例",
    "spare": "多余用例",
    "right answers": "正确答案",
    "refused as they are": "原样误判",
    "rewritten": "改写后",
    "refused": "误判",
    "refused, %": "误判，%",
    "way": "方式",
    "CPU seconds a hand-in": "每份提交的 CPU 秒数",
    "beside stock": "与原版之比",
    "KB on disk": "占用磁盘 KB",
    "the writer's CPU seconds a hand-in": "写入进程每份提交的 CPU 秒数",
    "two workers beside one": "两个进程的速度与一个之比",
    "hand-ins": "提交",
    "minutes": "分钟",
    "CPU s a hand-in": "每份 CPU 秒",
    "verdicts": "判定",
    "right": "正确",
    "wrong": "错误",
    "passed": "漏判",
    "check s": "检查，秒",
    "bound s": "上限，秒",
    "solution / stand-in": "参考解答 / 替身",
    "slow code s": "慢代码，秒",
    "its ratio": "慢代码之比",
    "ms a step": "每步 ms",
    "beside PyTorch": "与 PyTorch 之比",
    "gradient differs by": "梯度相差",
    "layer": "层",
    "float32 ms": "float32，ms",
    "emulator ms": "模拟器，ms",
    "ratio": "比值",
    "fastest": "最快一次",
    "beside lab {}": "与实验 {} 之比",
    "kept": "保留",
    "weights": "权重数",
    "ours, %": "本项目，%",
    "published, %": "论文，%",
    "difference": "相差",
    "within {}?": "在 {} 以内？",
    "MB": "MB",
    # cells
    "all": "全部",
    "{} ({} to {})": "{} ({}–{})",
    "yes": "是",
    "no": "否",
    "with speed questions": "含速度题",
    "values only": "只查数值",
    "stock nbgrader": "原版 nbgrader",
    "{}x as fast": "{}x",
    "fast layers": "快速层",
    "lab {}'s layers": "实验 {} 的层",
    "PyTorch": "PyTorch",
    "graph of lab {}": "实验 {} 的图",
    "by hand, lab {}'s fast layers": "手写，实验 {} 的快速层",
    "by hand, the graph's kernels": "手写，用图的算子实现",
    # remarks and last lines
    "its first table": "第一张表",
    "its last table, all labs": "最后一张表，全部实验",
    "one worker, {} hand-ins more": "一个进程，另加 {} 份提交",
    "its second table, values only": "第二张表，只查数值",
    "{} x Intel(R) Xeon(R) Processor, speed questions too": "{} x Intel(R) Xeon(R) Processor，含速度题",
    "the student's own check; of each lab the slowest one, and all timed ones": (
        "学生自己的检查；每个实验最慢的一题，以及全部速度题"
    ),
    "a step up to relu5_1, {} x {}, {} cores": "算到 relu5_1 的一步，{} x {}，{} 核",
    "VGG19's convolutions: exact {}-bit arithmetic beside float32 NumPy": "VGG19 的卷积：精确的 {} 位运算对照 float32",
    "a training step of lab {}'s network, batch {}, {} cores, AMD EPYC": (
        "训练实验 {} 的网络，一步，批量 {}，{} 核，AMD EPYC"
    ),
    "{} epochs, mean of {} runs, needs `aics fetch mnist`": "{} 轮，{} 次运行的均值，需要 `aics fetch mnist`",
    "{} misconceptions, {} alternatives, {} rows do not hold.": "{} 种典型错误，{} 种其他正确写法，{} 行不成立。",
}


def said(text: str) -> str:
    """A heading, a cell or a remark in Chinese; what has no letters and no words of its own stays."""
    numbers, key = NUMBER.findall(text), NUMBER.sub("{}", text)
    if key in WORDS:
        return WORDS[key].format(*numbers)
    if re.search(r"[A-Za-z]{2}", text):
        raise SystemExit(f"docs/make/chinese_tables.py has no Chinese for {key!r}: add it to WORDS.")
    return text


def block(english: str) -> str:
    """A filled block of README, from fence to fence, in Chinese."""
    opening, first, *lines, closing = english.splitlines()
    body, *after = "\n".join(lines).split("\n\n")
    command, _, remark = first.partition("    ")
    rows = [_row(cells) for cells in columns(body.splitlines())]
    top = f"{command}    {said(remark)}" if remark else command
    return "\n".join([opening, top, *aligned(rows), *(f"\n{said(line)}" for line in after), closing])


def columns(lines: list[str]) -> list[list[str]]:
    """The cells of a table whose columns are two spaces or more apart, empty ones too."""
    starts = [found.start() for found in re.finditer(r"\S+(?: \S+)*", lines[0])]
    ends = [*starts[1:], None]
    return [[line[start:end].strip() for start, end in zip(starts, ends, strict=True)] for line in lines]


def aligned(rows: list[list[str]]) -> list[str]:
    """Rows in columns, where a Chinese character is as wide as two others."""
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    padded = [[cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)] for row in rows]
    return ["  ".join(cells).rstrip() for cells in padded]


def _row(cells: list[str]) -> list[str]:
    """A row in Chinese; what stands first may be the name of a lab or a question, which stays."""
    first, *others = cells
    named = re.fullmatch(r"\w+", first) and NUMBER.sub("{}", first) not in WORDS
    return [first if named else said(first), *map(said, others)]
