package parse

var relativeYears = words("今年 本年 明年 次年 下一年 当年")

// 年初 is taken as the first quarter, “前夕” of a day as its month or the days
// before it. Both are proposals that a person sees when importing.
var yearWords = []wordForm{
	{"年年底", 0, 0, 12, 31, endForm, 0}, {"年年初", 1, 1, 3, 31, yearForm, 0},
	{"年底", 0, 0, 12, 31, endForm, 0}, {"年末", 0, 0, 12, 31, endForm, 0}, {"年终", 0, 0, 12, 31, endForm, 0},
	{"岁末", 0, 0, 12, 31, endForm, 0}, {"年内", 0, 0, 12, 31, endForm, 0}, {"年初", 1, 1, 3, 31, yearForm, 0},
	{"年中", 0, 0, 6, 30, endForm, 0}, {"上半年", 1, 1, 6, 30, yearForm, 0}, {"下半年", 7, 1, 12, 31, yearForm, 0},
	{"全年", 1, 1, 12, 31, yearForm, 0}, {"度内", 0, 0, 12, 31, endForm, 0},
}

// feasts are days that plans name; month 0 moves with the moon.
var feasts = []struct {
	name       string
	month, day int
}{
	{"七一", 7, 1}, {"五四", 5, 4}, {"三八", 3, 8}, {"六一", 6, 1}, {"八一", 8, 1}, {"五一", 5, 1}, {"十一", 10, 1}, {"国庆", 10, 1},
	{"元旦", 1, 1}, {"春节", 0, 0}, {"元宵", 0, 0}, {"清明", 4, 4}, {"端午", 0, 0}, {"中秋", 0, 0}, {"重阳", 0, 0}, {"教师节", 9, 10}, {"建党节", 7, 1},
}

// periods by their name, as they follow 每, 每个 or 一. A term of a school is
// taken as half a year.
var periods = newLexicon().
	add(daily, "天 日").add(workdays, "工作日").
	add(weekly, "周 星期 礼拜").add(monthly, "月 月度").
	add(quarterly, "季度 季").add(halfYear, "半年 半年度 学期").
	add(yearly, "年 年度 学年")

// Periods without 每.
var fixedPeriods = newLexicon().
	add(daily, "天天 日日 逐日 按日").add(weekly, "周周 按周 逐周 周例会").
	add(monthly, "月月 按月 逐月 月例会 月度例会").
	add(quarterly, "季季 按季度 按季 逐季度 逐季 季度例会").
	add(halfYear, "半年一次 按半年").
	add(yearly, "年年 按年度 按年 逐年").
	add(weekly+";INTERVAL=2", "双周 隔周 单周").
	add(monthly+";INTERVAL=2", "双月 隔月")

// vagueWords say that something recurs and not how often. They wait for a
// person: 定期 is never guessed. Weak ones hardly make a promise of their own;
// the others only look like one.
var vagueWords = newLexicon().
	add("vague", "不定期 定期 适时 常态化 不定时 择机 适当时候 定时").
	add("weak", "持续 经常性 经常 及时 随时 时常 长期坚持").
	add("other", "可持续 持续性 不及时 未及时 持续时间 常态化疫情 定期存 及时雨 及时性 定时炸")

// What stands behind a date.
var (
	sinceWords  = words("以来 之后 以后")
	fromWords   = words("起 开始")
	aroundWords = words("左右 期间 之内")
	aroundOnly  = words("前后")
	beforeWords = words("之前 以前 前夕")
)

// Parts of dates.
var (
	toWords          = words("至 到")
	listMarks        = words("、 和 /")
	monthMark        = words("份")
	monthParts       = words("上旬 中旬 下旬 月底 底 末")
	endMarks         = words("底 末")
	placeholderParts = words("底 初 末 中旬 上旬 下旬")
	ordinalMark      = words("第")
	quarterMark      = words("季度")
	quarterWords     = words("季度 季")
	feastTails       = words("国际劳动节 国际妇女节 青年节 儿童节 建党节 建军节 国庆节 假期 佳节 节日 节")
	feastTimes       = words("前夕 前后 之前 前 期间 当天 当日 来临之际 之际")
)

// Dates that only a school's calendar turns into days.
var schoolTimes = words("开学初 开学前 开学后 学期初 学期末 学期中 学期结束前 期末前 寒假前 暑假前 寒假期间 暑假期间 开学第一周")

// periodNouns behind 半年 or a month make it the name of something.
var periodNouns = words("工作总结 总结 度 工作情况 考核结果")

// Parts of frequencies.
var (
	wholeYear   = words("全年 年内 年度内")
	barePeriods = words("季度 月度 半年度 年度")
	onceVerbs   = words("至少 不少于 开展 召开 组织 举行 举办")
	countVerbs  = words("开展 召开 组织 举办 讲授 讲 参加")
	countRanges = words("至 到 - ~")
	weekMark    = words("周 星期")
	weekOpeners = words("的 星期 周 （周 （")
	weekdayOf   = words("周的周 周的星期 周周 周星期 星期的星期 周 星期")
	mondayTails = words("上午 下午 晚 早 中午 召开 举行 组织 开展 定期 例会 升旗 全体 进行 固定 为 至周 到周 安排 集中 的 利用 午 由 在") // Behind 每周一 when it is Monday.
	monthEnds   = words("月底前 月底 底前 末前 底 末 最后一天")
	monthThirds = words("上旬 中旬 下旬 初 中下旬")
)

// Lower bounds, before an amount and behind a clause.
var (
	lowerBounds   = words("至少 不少于 不低于 不得少于 最少")
	atLeastWords  = words("至少 不少于 不低于 不得少于 最少 ≥ 以上")
	atLeastBehind = words("至少 不少于 原则上不少于 不得少于")
)
