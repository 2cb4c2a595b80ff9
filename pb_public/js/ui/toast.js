/**
 * toast.js: a word in passing, for what need not be read: 已保存, 已复制.
 * What must be read stands in the page, beside what it is about.
 *
 *   toast("已保存。")
 */
let box, timer;

export function toast(text) {
    if (!box) {
        box = document.body.appendChild(document.createElement("p"));
        box.className = "toast";
        box.setAttribute("role", "status");
    }
    clearTimeout(timer);
    box.textContent = text;
    timer = setTimeout(() => { box.textContent = ""; }, 4000);
}
