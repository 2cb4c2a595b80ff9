package words

import (
	"net/http"
	"strings"
)

// Sentence is the Chinese of a whole error. marked says whether the fields at
// fault are named beside it.
func Sentence(status int, message string, marked bool) string {
	key := strings.TrimRight(message, ". ")
	if head, raw, ok := strings.Cut(message, "Raw error:"); ok {
		head = strings.TrimSuffix(Sentence(status, strings.TrimSpace(head), marked), "。")
		return head + "，原始错误为“" + strings.TrimSuffix(strings.TrimSpace(raw), ".") + "”。"
	}
	if s, ok := marks[key]; ok && marked {
		return s
	}
	if s, ok := messages[key]; ok {
		if byStatus, ok := anyCause[key]; ok && status != byStatus {
			return statuses[status/100*100]
		}
		return s
	}
	for prefix, s := range prefixes {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			return strings.ReplaceAll(s, "{}", strings.TrimSuffix(rest, " collection"))
		}
	}
	if isChinese(message) {
		return tidy(message)
	}
	if s, ok := statuses[status]; ok {
		return s
	}
	return statuses[status/100*100]
}

// anyCause: what PocketBase says when it says nothing, at the status that the
// sentence below is written for.
var anyCause = map[string]int{"Something went wrong while processing your request": http.StatusBadRequest}

// statuses are the sentences for what is not in the table.
var statuses = map[int]string{
	http.StatusBadRequest:            "请求没有办成，请检查所填的内容。",
	http.StatusUnauthorized:          "请先登录。",
	http.StatusForbidden:             "您没有权限进行这项操作。",
	http.StatusNotFound:              "没有找到，可能已被删除，或者您没有权限查看。",
	http.StatusMethodNotAllowed:      "这个地址不接受这样的请求。",
	http.StatusRequestTimeout:        "等待太久没有收完，请检查网络后再试。",
	http.StatusConflict:              "内容与已有的冲突，请刷新后再试。",
	http.StatusRequestEntityTooLarge: "上传的内容太大，请减小后再试。",
	http.StatusTooManyRequests:       "操作太频繁，请稍等片刻再试。",
	http.StatusInternalServerError:   "服务器出了差错，没有办成，请稍后再试；如仍不行，请告诉系统管理员。",
	http.StatusServiceUnavailable:    "服务器正忙，请稍后再试。",
	300:                              "请求的地址已经变动。",
}

// marks replace the sentence when the fields at fault are named beside it.
var marks = map[string]string{
	"Failed to create record": "没有存上，请按各项的提示修改。",
	"Failed to update record": "没有存上，请按各项的提示修改。",
	"Failed to delete record. Make sure that the record is not part of a required relation reference": "没有删除，请看各项的提示。",
	"Something went wrong while processing your request":                                              "请求没有办成，请按各项的提示修改。",
	"You are not allowed to perform this request":                                                     "这项操作不被允许，原因见各项的提示。",
}

// prefixes are messages that carry a name.
var prefixes = map[string]string{
	"Failed to init provider ":               "第三方登录“{}”没有配置好。",
	"The request requires auth record from ": "这个请求须由“{}”的账号发出。",
	"Only superusers can filter by ":         "只有系统管理员可以按“{}”查找。",
}

// messages are PocketBase's own, without the final stop. TestNothingIsLeftOut
// reads its source and fails on one that is missing here.
var messages = map[string]string{
	"Something went wrong while processing your request": "请求没有办成，请检查所填的内容或查询条件。",
	"You are not allowed to perform this request":        "您没有权限进行这项操作。",
	"The requested resource wasn't found":                "没有找到，可能已被删除，或者您没有权限查看。",
	"Missing or invalid authentication":                  "请先登录。",
	"Too Many Requests":                                  "操作太频繁，请稍等片刻再试。",
	"Request entity too large":                           "上传的内容太大，请减小后再试。",
	"File not found":                                     "没有找到这个文件。",
	"Unsupported Content-Type":                           "不支持这种请求格式。",
	"Invalid redirect status code":                       "服务器的跳转设置有误。",

	// records
	"Failed to create record": "没有存上：您没有权限，或者内容不符合要求。",
	"Failed to update record": "没有存上：您没有权限，或者内容不符合要求。",
	"Failed to delete record. Make sure that the record is not part of a required relation reference": "没有删除：别处的记录还要用到它。",
	"Failed to read the submitted data":                     "提交的内容无法识别，请检查格式。",
	"Failed to enrich record":                               "已经办成，但没有取回内容，请刷新。",
	"Failed to enrich records":                              "没有取回内容，请刷新后再试。",
	"Only superusers can perform this action":               "只有系统管理员可以进行这项操作。",
	"Missing collection context":                            "没有这个数据表。",
	"Missing or invalid collection context":                 "没有这个数据表。",
	"Unsupported collection type":                           "这种数据表不支持这项操作。",
	"An error occurred while loading the submitted data":    "提交的内容无法识别，请检查格式。",
	"An error occurred while validating the submitted data": "填写的内容不符合要求，请按各项的提示修改。",

	// signing in
	"Failed to authenticate": "账号或密码不正确。",
	"The collection is not configured to allow password authentication":       "这里没有开通密码登录。",
	"The collection is not configured to allow OAuth2 authentication":         "这里没有开通第三方登录。",
	"The collection is not configured to allow OTP authentication":            "这里没有开通验证码登录。",
	"The request doesn't satisfy the collection requirements to authenticate": "这个账号已停用，不能登录。",
	"The request requires valid record authorization token":                   "请先登录。",
	"The request requires superuser or record authorization token":            "请先登录。",
	"The request requires valid auth record":                                  "请先登录。",
	"The authorized record is not allowed to perform this action":             "您的账号没有权限进行这项操作。",
	"The request can be accessed only by guests":                              "您已经登录，请先退出。",
	"The current and the previous request authorization don't match":          "登录身份已经变化，请刷新页面。",
	"Missing or invalid auth collection context":                              "没有这种账号。",
	"Missing auth record context":                                             "请先登录。",
	"Missing auth context":                                                    "请先登录。",
	"Failed to refresh auth token":                                            "登录没有续上，请重新登录。",
	"Failed to create auth token":                                             "登录没有成功，请稍后再试。",
	"Failed to generate static auth token":                                    "没有生成令牌，请稍后再试。",
	"Failed to generate file token":                                           "没有取得查看文件的许可，请稍后再试。",
	"Missing or invalid provider config":                                      "第三方登录没有配置好。",
	"Failed to fetch OAuth2 token":                                            "第三方登录没有成功，请重试。",
	"Failed to fetch OAuth2 user":                                             "没有取得第三方账号的信息，请重试。",
	"Failed OAuth2 relation check":                                            "没有核对上第三方账号，请重试。",
	"Failed OAuth2 auth record check":                                         "没有核对上第三方账号，请重试。",
	"Invalid or expired OTP":                                                  "验证码不正确或者已经过期。",
	"Too many attempts, please try again later with a new OTP":                "尝试次数太多，请稍后取一个新的验证码再试。",
	"Failed to fetch previous record OTPs":                                    "没有发出验证码，请稍后再试。",
	"Failed to read MFA Id":                                                   "登录没有成功，请从头再来一次。",
	"Failed to create MFA record":                                             "登录没有成功，请从头再来一次。",
	"Invalid or expired MFA session":                                          "登录等待太久，请从头再来一次。",
	"Invalid MFA session":                                                     "登录没有成功，请从头再来一次。",
	"A different authentication method is required":                           "请换另一种方式再验证一次。",
	"Invalid or expired password reset token":                                 "重设密码的链接已经失效，请重新申请。",
	"Failed to set new password":                                              "新密码没有设上，请按提示修改。",
	"Invalid or expired token":                                                "链接已经失效，请重新申请。",
	"Invalid or expired verification token":                                   "验证链接已经失效，请重新申请。",
	"An error occurred while saving the verified state":                       "没有验证成功，请稍后再试。",
	"Failed to confirm email change":                                          "邮箱没有改成，请稍后再试。",
	"Failed to request email change":                                          "没有发出更换邮箱的邮件，请稍后再试。",
	"All superusers can change their emails directly":                         "系统管理员可以直接修改自己的邮箱。",
	"All superusers are verified by default":                                  "系统管理员无须验证邮箱。",
	"You can't delete the only existing superuser":                            "不能删除唯一的系统管理员。",

	// batches, files, live updates
	"Batch requests are not allowed":                "没有开通批量请求。",
	"Failed to read the submitted batch data":       "批量请求的内容无法识别，请检查格式。",
	"Failed to read the submitted batch files data": "批量请求的文件无法识别，请重新选择。",
	"Invalid batch request data":                    "批量请求不符合要求，请按各项的提示修改。",
	"Batch transaction failed":                      "这一批没有存上，一条也没有写入，请按各项的提示修改。",
	"Failed to load request info":                   "请求无法识别。",
	"Filesystem initialization failure":             "文件存储暂时不可用，请稍后再试。",
	"Failed to initialize SSE connection":           "没有连上实时更新，请刷新页面。",
	"Missing or invalid client id":                  "实时更新的连接已经断开，请刷新页面。",
	"Missing or invalid cron job":                   "没有这个定时任务。",

	// keeping the system
	"An error occurred while generating the main.js extension file":                                "管理界面的扩展没有载入。",
	"Failed to load backups filesystem":                                                            "备份存储暂时不可用。",
	"Failed to retrieve backup items":                                                              "没有列出备份。",
	"Insufficient permissions to access the resource":                                              "您没有权限下载这个备份。",
	"The backup is currently being used and cannot be deleted":                                     "这个备份正在使用，不能删除。",
	"Invalid or already deleted backup file":                                                       "备份文件不存在，或者已经删除。",
	"Try again later - another backup/restore process has already been started":                    "另一次备份或恢复正在进行，请稍后再试。",
	"Missing or invalid backup file":                                                               "没有这个备份文件。",
	"Failed to create backup":                                                                      "没有备份成功。",
	"Failed to upload backup":                                                                      "备份没有上传成功。",
	"Failed to import collections":                                                                 "没有导入表结构，请看各项的提示。",
	"Failed to create collection":                                                                  "没有建成数据表，请按各项的提示修改。",
	"Failed to update collection":                                                                  "没有存上表结构，请按各项的提示修改。",
	"Failed to load the collection type data due to invalid formatting":                            "提交的内容无法识别，请检查格式。",
	"Failed to load the submitted data due to invalid formatting":                                  "提交的内容无法识别，请检查格式。",
	"View collections cannot be truncated since they don't store their own records":                "视图不存放记录，不能清空。",
	"Failed to truncate collection (most likely due to required cascade delete record references)": "没有清空：别处的记录还要用到它们。",
	"Invalid view query":                                                                           "视图的查询语句不对。",
	"Failed to execute query":                                                                      "查询没有成功。",
	"Invalid filter format":                                                                        "查询条件的格式不对。",
	"Failed to generate logs stats":                                                                "没有统计出日志。",
	"Failed to truncate all logs":                                                                  "没有清空日志。",
	"An error occurred while saving the new settings":                                              "设置没有存上，请按各项的提示修改。",
	"Failed to clone app settings":                                                                 "没有取出设置，请稍后再试。",
	"Failed to test the S3 filesystem":                                                             "没有连上 S3 存储。",
	"Failed to send the test email":                                                                "测试邮件没有发出。",
	"Invalid client secret data":                                                                   "客户端密钥的资料不对，请按各项的提示修改。",
	"Failed to generate client secret":                                                             "没有生成客户端密钥。",
}
