/**
 * fields.js: the words of the roster (domain.md 11.1), and which of its fields are
 * shown masked.
 *
 *   GENDERS, EDUCATION, MEMBERSHIP   code → word        ETHNICITIES   words
 *   SENSITIVE                        [[field, word], …], opened by reveal.js alone
 *   joined(kind)                     whether people of that kind have joined the Party
 */
export const GENDERS = { male: "男", female: "女" };

export const EDUCATION = {
    10: "研究生", 20: "大学本科", 30: "大学专科", 40: "中专", 60: "高中", 70: "初中", 80: "小学", 90: "其他",
};

export const MEMBERSHIP = { normal: "正常", stopped: "停止党籍" };

/** GB/T 3304, as pb_migrations has them. */
export const ETHNICITIES = ("汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 "
    + "黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 "
    + "阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 其他").split(" ");

export const SENSITIVE = [
    ["id_no", "身份证号"], ["birth_date", "出生日期"], ["mobile", "手机号"], ["tel", "固定电话"], ["address", "家庭住址"],
];

export const joined = (kind) => kind === "member" || kind === "probationary";
