package words

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Field is the Chinese of the error of one field, by its code and what the
// rule allows (min, max, values).
func Field(code, message string, params map[string]any) string {
	own := strings.HasSuffix(strings.TrimRight(message, "."), "。")
	sentence, known := codes[code]
	switch {
	case own:
		return tidy(message)
	case known:
		return fill(sentence, message, params)
	case strings.HasPrefix(code, "validation_is_"), code == "validation_request_is_request_uri":
		return "格式不对，请检查后重填。"
	case isChinese(message):
		return tidy(message)
	}
	return "填写的内容不符合要求，请检查后重填。"
}

var (
	slot   = regexp.MustCompile(`\{(\w+)\}`)
	number = regexp.MustCompile(`\d+`)
	quoted = regexp.MustCompile(`"([^"]*)"`)
)

// fill puts the parameters into the sentence. Where PocketBase wrote them into
// its message only, they are read from there.
func fill(sentence, message string, params map[string]any) string {
	if base, plain, ok := strings.Cut(sentence, "|"); ok {
		sentence = base
		if len(params) == 0 && !number.MatchString(message) && !quoted.MatchString(message) {
			sentence = plain
		}
	}
	return slot.ReplaceAllStringFunc(sentence, func(s string) string {
		name := s[1 : len(s)-1]
		if v, ok := params[name]; ok {
			return show(name, v)
		}
		switch name {
		case "min", "max":
			return number.FindString(message)
		case "file":
			if m := quoted.FindStringSubmatch(message); m != nil {
				return m[1]
			}
		case "raw":
			return strings.TrimSuffix(rawError(message), ".")
		}
		return ""
	})
}

func rawError(message string) string {
	if _, raw, ok := strings.Cut(message, "Raw error:"); ok {
		return strings.TrimSpace(raw)
	}
	return message
}

// beijing is the time zone of every date that is shown.
var beijing = time.FixedZone("UTC+8", 8*60*60)

// show writes a parameter as people read it.
func show(name string, v any) string {
	switch n := v.(type) {
	case time.Time:
		return n.In(beijing).Format("2006-01-02 15:04")
	case float64:
		return strconv.FormatFloat(n, 'f', -1, 64)
	case int64:
		if name == "maxSize" {
			return size(n)
		}
	case int:
		if name == "maxSize" {
			return size(int64(n))
		}
	case []string:
		return strings.Join(n, "、")
	}
	return fmt.Sprint(v)
}

func size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return strconv.FormatFloat(float64(bytes*10/(1<<20))/10, 'f', -1, 64) + " MB"
	case bytes >= 1<<10:
		return strconv.FormatInt(bytes>>10, 10) + " KB"
	}
	return strconv.FormatInt(bytes, 10) + " 字节"
}

// codes are PocketBase's validation codes. After a bar stands what to say when
// the limit is not told. TestNothingIsLeftOut reads PocketBase's source and
// fails on one that is missing here.
var codes = map[string]string{
	"validation_required":                  "请填写这一项。",
	"validation_not_nil_required":          "请填写这一项。",
	"validation_nil_or_not_empty_required": "请填写这一项。",
	"validation_empty":                     "这一项应当留空。",
	"validation_nil":                       "这一项应当留空。",
	"validation_length_empty_required":     "这一项应当留空。",
	"validation_not_unique":                "与已有的重复，请换一个。",
	"validation_invalid_value":             "“{value}”不在可选的范围内。|填写的内容不符合要求，请检查后重填。",
	"validation_invalid_format":            "格式不对，请检查后重填。",
	"validation_match_invalid":             "格式不对，请检查后重填。",
	"validation_in_invalid":                "不在可选的范围内，请重新选择。",
	"validation_not_in_invalid":            "这个值不能用，请换一个。",
	"validation_unsupported_value_type":    "填写的内容类型不对。",
	"validation_invalid_field_value":       "填写的内容不符合要求，请检查后重填。",
	"validation_unknown_field":             "没有这一项。",
	"validation_key_missing":               "缺少必需的一项。",
	"validation_key_unexpected":            "多出了不认识的一项。",
	"validation_key_wrong_type":            "名称的类型不对。",
	"validation_values_mismatch":           "两次填写的不一致。",

	// texts, numbers, dates
	"validation_min_text_constraint":             "至少填写 {min} 个字。",
	"validation_max_text_constraint":             "最多填写 {max} 个字。",
	"validation_length_too_long":                 "最多 {max} 个（字）。",
	"validation_length_too_short":                "至少 {min} 个（字）。",
	"validation_length_invalid":                  "应当正好是 {min} 个（字）。",
	"validation_length_out_of_range":             "应当在 {min} 到 {max} 个（字）之间。",
	"validation_content_size_limit":              "内容太长，最多 {maxSize}。",
	"validation_json_size_limit":                 "内容太长，最多 {maxSize}。",
	"validation_not_a_number":                    "请填写数字。",
	"validation_only_int_constraint":             "请填写整数。",
	"validation_min_number_constraint":           "不能小于 {min}。",
	"validation_max_number_constraint":           "不能大于 {max}。",
	"validation_min_greater_equal_than_required": "不能小于（早于）{threshold}。",
	"validation_min_greater_than_required":       "应当大于（晚于）{threshold}。",
	"validation_max_less_equal_than_required":    "不能大于（晚于）{threshold}。",
	"validation_max_less_than_required":          "应当小于（早于）{threshold}。",
	"validation_multiple_of_invalid":             "应当是 {base} 的倍数。",
	"validation_date_invalid":                    "请填写正确的日期。",
	"validation_date_out_of_range":               "日期超出了范围。",
	"validation_invalid_json":                    "不是正确的 JSON。",
	"validation_invalid_latitude":                "纬度应当在 -90 到 90 之间。",
	"validation_invalid_longitude":               "经度应当在 -180 到 180 之间。",
	"validation_is_email":                        "请填写正确的邮箱。",
	"validation_is_url":                          "请填写正确的网址。",
	"validation_invalid_url":                     "请填写正确的网址。",
	"validation_email_domain_not_allowed":        "不接受这个域名的邮箱。",
	"validation_url_domain_not_allowed":          "不接受这个域名的网址。",
	"validation_invlaid_ip_or_subnet":            "请填写正确的 IP 地址或网段。", // spelled so in PocketBase

	// relations and files
	"validation_not_enough_values":      "至少选择 {minSelect} 项。",
	"validation_too_many_values":        "最多选择 {maxSelect} 项。",
	"validation_too_many_files":         "最多上传 {maxSelect} 个文件。",
	"validation_file_size_limit":        "“{file}”太大，每个文件最大 {maxSize}。",
	"validation_invalid_mime_type":      "“{file}”不是可以上传的文件类型。",
	"validation_invalid_file":           "文件“{invalidFiles}”不是由您上传的，请重新选择。",
	"validation_missing_rel_records":    "选择的记录不存在，或者已被删除。",
	"validation_missing_rel_collection": "关联的数据表不存在。",
	"validation_invalid_record":         "选择的记录不存在，或者已被删除。",
	"validation_pk_change":              "记录的编号不能修改。",
	"validation_pk_invalid":             "记录的编号不对，或者已被使用。",
	"validation_invalid_or_existing_id": "编号不对，或者已被使用。",
	"validation_invalid_auth_id":        "账号的编号不对，或者已被使用。",
	"validation_forbidden_pk_character": "编号中不能有“{ch}”。",
	"validation_reserved_pk":            "编号“{reserved}”是保留的，请换一个。",

	// accounts
	"validation_invalid_old_password":      "原密码不正确。",
	"validation_invalid_password":          "密码不正确。",
	"validation_invalid_token":             "链接已经失效，请重新申请。",
	"validation_invalid_token_claims":      "链接已经失效，请重新申请。",
	"validation_invalid_token_payload":     "链接已经失效，请重新申请。",
	"validation_invalid_token_email":       "新邮箱不能使用，请换一个。",
	"validation_token_collection_mismatch": "这个链接属于另一种账号。",
	"validation_token_email_mismatch":      "邮箱已经变动，请重新申请。",
	"validation_invalid_new_email":         "新邮箱不能使用，请换一个。",
	"validation_invalid_provider":          "没有开通第三方登录“{name}”。",
	"validation_missing_provider":          "没有第三方登录“{name}”。",
	"validation_duplicated_provider":       "第三方登录“{name}”已经有了。",
	"validation_invalid_auth_collection":   "不是账号类的数据表。",

	// keeping the system
	"batch_request_failed":                               "这一条没有存上。",
	"validation_backup_name_exists":                      "备份的名称不对，或者已经有了。",
	"validation_collections_import_failure":              "表结构没有导入，原始错误为“{raw}”。",
	"validation_conflicting_rate_limit_rule":             "频率限制“{label}”与另一条重复。",
	"validation_invalid_cron":                            "定时规则不对，原始错误为“{raw}”。",
	"validation_invalid_regex":                           "正则表达式不对，原始错误为“{raw}”。",
	"validation_invalid_rule":                            "访问规则不对，原始错误为“{raw}”。",
	"validation_invalid_view_query":                      "视图的查询语句不对，原始错误为“{raw}”。",
	"validation_invalid_autogenerate_pattern":            "自动生成的格式不对，原始错误为“{raw}”。",
	"validation_invalid_autogenerate_pattern_value":      "自动生成的内容会不符合这个字段的要求。",
	"validation_invalid_collection":                      "没有这个数据表。",
	"validation_invalid_collection_id":                   "没有这个数据表。",
	"validation_invalid_collection_type":                 "数据表的类型不对。",
	"validation_collection_name_exists":                  "已有同名的数据表（不分大小写）。",
	"validation_collection_name_id_duplicate":            "名称与一个数据表的编号相同，请换一个。",
	"validation_collection_name_invalid":                 "名称与系统内部的表相同，请换一个。",
	"validation_collection_system_name_change":           "系统表不能改名。",
	"validation_collection_system_flag_change":           "不能改变数据表是否为系统表。",
	"validation_collection_system_rule_change":           "系统表的访问规则不能修改。",
	"validation_collection_type_change":                  "数据表的类型不能修改。",
	"validation_field_type_change":                       "字段的类型不能修改。",
	"validation_field_relation_change":                   "关联的数据表不能修改。",
	"validation_field_relation_missing_collection":       "关联的数据表不存在。",
	"validation_relation_field_non_view_base_collection": "只有视图可以关联视图。",
	"validation_duplicated_field_id":                     "字段的编号重复或者不对。",
	"validation_duplicated_field_name":                   "字段的名称重复或者不对。",
	"validation_reserved_field_name":                     "这个字段名是保留的，请换一个。",
	"validation_found_via":                               "名称中不能有“_via_”。",
	"validation_system_field_change":                     "系统字段不能删除或改名。",
	"validation_must_be_system":                          "这个字段须是系统字段。",
	"validation_must_be_system_and_hidden":               "这个字段须是系统字段并且隐藏。",
	"validation_missing_field":                           "没有字段“{fieldName}”，或者不对。",
	"validation_missing_primary_key":                     "缺少“id”字段，或者不对。",
	"validation_missing_email_field":                     "缺少“email”字段。",
	"validation_missing_password_field":                  "缺少“password”字段。",
	"validation_missing_verified_field":                  "缺少“verified”字段。",
	"validation_missing_unique_constraint":               "字段“{fieldName}”没有唯一索引。",
	"validation_missing_required_unique_index":           "字段“{fieldName}”缺少唯一索引。",
	"validation_invalid_unique_system_field_index":       "字段“{fieldName}”的唯一索引缺失或者不对。",
	"validation_unsupported_composite_pk":                "数据表只能有一个主键。",
	"validation_indexes_not_supported":                   "视图不能有索引。",
	"validation_invalid_index_expression":                "索引的语句不对。",
	"validation_existing_index_name":                     "索引名已用在数据表“{usedTableName}”。",
	"validation_duplicated_index_name":                   "索引名已经有了。",
	"validation_duplicated_index_definition":             "同样的索引已经有了。",
	"validation_mfa_not_enough_auths":                    "多重验证至少要开通两种登录方式。",
}
