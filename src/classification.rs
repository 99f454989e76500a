//! Classification codes (政府收支分类科目): function, economic and unit codes, their levels and names by year.
