package demo

import "math/rand/v2"

// namer invents names with a fixed seed, so that every demo has the same people
// and none of them is meant to be anybody. The lists leave out surnames and
// characters that together make names known to everybody.
type namer struct {
	random *rand.Rand
	taken  map[string]bool
}

func newNamer() *namer {
	return &namer{rand.New(rand.NewPCG(25, 6)), map[string]bool{}}
}

var (
	surnames = []rune("赵钱孙吴郑冯陈褚卫蒋沈韩杨秦许吕施曹严金魏陶姜戚谢邹喻柏苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐费薛雷贺倪汤罗毕郝安常于傅齐康伍余顾黄穆萧尹姚邵汪祁狄计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路童郭梅林钟徐邱骆高夏蔡田樊凌霍虞万柯卢莫房解应宗丁宣洪包左石崔龚程邢裴陆荣翁")

	elders = [2][]rune{[]rune("桂秀淑玉德福长宝兆维庆守启润殿春连祖广富"), []rune("兰芝珍清堂山田林才茂生贵信厚泉顺荣昌英芬")}
	adults = [2][]rune{[]rune("建海晓文丽云红艳少新秋凤春月志玉青仁长正"), []rune("芹楠茹泓菊蕊桦淼娴苓岚笙葵榕禄昀睦恬渝磊")}
	youths = [2][]rune{[]rune("景承书怀知雨若思静梓嘉亦沐宇昕可逸朗"), []rune("言舟禾宁川然轩瑶辰溪澄遥桐恒珂恺妍屿汐朔棠")}
)

// name is a new name in the fashion of a generation.
func (n *namer) name(given [2][]rune) string {
	for {
		name := string([]rune{n.pick(surnames), n.pick(given[0]), n.pick(given[1])})
		if !n.taken[name] {
			n.taken[name] = true
			return name
		}
	}
}

// any is a new name of any working age.
func (n *namer) any() string {
	return n.name([][2][]rune{adults, adults, youths}[n.random.IntN(3)])
}

func (n *namer) pick(from []rune) rune { return from[n.random.IntN(len(from))] }
