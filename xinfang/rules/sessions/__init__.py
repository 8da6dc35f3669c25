"""Joint sessions 联合调处会: who sits together where and when, who came, what was decided (B-06, F-19)."""
