/** words.js: the words of messages and of what became of them. */
export const MESSAGE_KINDS = { duty: "工作任务", plan: "工作要点", approval: "审批", account: "账号", system: "系统" };

export const VIAS = { mail: "邮件", wecom: "企业微信群", dingtalk: "钉钉群", feishu: "飞书群" };

/** code → [word, tone] of a badge */
export const DELIVERY = { due: ["待发", "wait"], sent: ["已发", "ok"], failed: ["失败", "warn"], suppressed: ["不发", "off"] };

export const REASONS = {
    no_server: "没有设置邮件服务", inactive: "本人已不在岗", closed: "组织没有开通这类邮件", unwanted: "本人不要这类邮件",
    no_email: "没有登记邮箱", read: "已在收件箱读过",
};

/** What went wrong, in the words of the field that it is about, where there is one. */
export const why = ({ fields, message }) => Object.values(fields ?? {})[0] ?? message;
