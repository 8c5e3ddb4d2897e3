// The facts sheet: each fact can be corrected; it goes to a lawyer only with consent.
import { post, Refused } from "./api.js";
import { copy, element, memory, newKey, word } from "./page.js";

const INPUTS = { date: { type: "date" }, integer: { inputmode: "numeric" }, money: { inputmode: "decimal" }, number: { inputmode: "decimal" } };

export function makeSheet(custom, messageId) {
  const form = copy("sheet");
  form.querySelector("h2").textContent = custom.topic_title ?? "";
  form.querySelector(".summary").textContent = custom.summary ?? "";
  form.querySelector(".fields").append(...custom.fields.map((field) => fieldOf(field, messageId)));
  giveOwnIds(form, messageId);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, custom, messageId);
  });
  return form;
}

export function closeSheet(form) {
  for (const control of form.elements) control.disabled = true;
  form.classList.add("sent");
  form.querySelector(".done").hidden = false;
}

function fieldOf(field, messageId) {
  const box = element("div", "", { class: "field" });
  const id = `f-${messageId}-${field.name}`;
  box.append(...(field.type === "choice" ? [choices(field, id)] : [label(field, id), input(field, id)]));
  box.append(error(field.name, id));
  return box;
}

function label(field, id) {
  return element("label", field.label, { for: id });
}

function input(field, id) {
  const shown = field.choices?.find((choice) => choice.value === field.value)?.label;
  const made = element("input", "", {
    id, name: `fact.${field.name}`, maxlength: 200, autocomplete: "off", placeholder: word("unsure"),
    "aria-describedby": `${id}-error`, ...INPUTS[field.type],
  });
  made.value = shown ?? field.shown ?? field.value ?? "";
  return made;
}

function choices(field, id) {
  const group = element("fieldset", "", { "aria-describedby": `${id}-error` });
  group.append(element("legend", field.label));
  for (const choice of withUnsure(field.choices)) {
    const pick = element("label", "", { class: "pick" });
    const radio = element("input", "", { type: "radio", name: `fact.${field.name}`, value: choice.value });
    radio.checked = String(choice.value) === String(field.value ?? "");
    pick.append(radio, choice.label);
    group.append(pick);
  }
  return group;
}

function withUnsure(list) {
  const known = list.some((choice) => choice.value === "unknown");
  return known ? list : [...list, { value: "unknown", label: word("unsure") }];
}

function error(name, id) {
  const line = element("p", "", { class: "error", id: `${id}-error`, "data-error": name });
  line.hidden = true;
  return line;
}

// Two sheets may stand on one page: their fixed ids get the message's number.
function giveOwnIds(form, messageId) {
  for (const name of ["employer", "contact", "words", "consent", "form"]) {
    const line = form.querySelector(`#${name}-error`);
    if (line) line.dataset.error = name;
  }
  for (const attribute of ["id", "for", "aria-describedby"]) {
    for (const part of form.querySelectorAll(`[${attribute}]:not(.fields *)`)) {
      const own = part.getAttribute(attribute).split(" ").map((id) => `${id}-${messageId}`);
      part.setAttribute(attribute, own.join(" "));
    }
  }
}

async function send(form, custom, messageId) {
  const button = form.querySelector("button");
  button.disabled = true;
  showErrors(form, {});
  try {
    const answer = await post("/api/tickets", read(form, custom, messageId));
    form.querySelector(".see").href = `/cases/${answer.case}`;
    closeSheet(form);
  } catch (problem) {
    button.disabled = false;
    const fields = problem instanceof Refused ? problem.fields : {};
    const line = problem instanceof Refused ? problem.message : word("failed");
    showErrors(form, { ...fields, form: Object.values(fields).includes(line) ? "" : line });
  }
}

function read(form, custom, messageId) {
  const data = new FormData(form);
  const facts = Object.fromEntries(custom.fields.map((field) => [field.name, data.get(`fact.${field.name}`) ?? ""]));
  const key = memory.get(`ticket-${messageId}`, null) ?? newKey();
  memory.set(`ticket-${messageId}`, key);
  return {
    topic: custom.topic, facts, key,
    employer: data.get("employer"), employer_agreed: data.get("employer_agreed") === "on",
    words: data.get("words"), contact: data.get("contact"), consent: data.get("consent") === "on",
  };
}

function showErrors(form, errors) {
  for (const line of form.querySelectorAll("[data-error]")) {
    line.textContent = errors[line.dataset.error] ?? "";
    line.hidden = !line.textContent;
  }
  const first = form.querySelector(".field:has(.error:not([hidden])) input");
  const other = ["employer", "contact", "words", "consent"].find((name) => errors[name]);
  (first ?? form.elements[other])?.focus();
}
