// A self-check quiz: questions one under the other, feedback after each, a summary at the end.
// Its texts are in quiz_texts.js, what becomes of answers in quiz_fate.js, the types of questions in ../../questions/.

import { fill, h, liveRegion, uid } from "./common.js";
import { buildFeedback, buildField, credit, typeOf, valid } from "../../questions/types.js";
import { shownOrder } from "../../questions/ordre.js";
import { fateNote, FATES, inPlatform } from "./quiz_fate.js";
import { QUIZ_TEXTS } from "./quiz_texts.js";
import { ownNumber } from "./quiz_order.js";

/**
 * The part of the page that shows one question, as a form or with its feedback.
 * Headings structure the quiz; its sections have no name, since a dozen landmarks would clutter a screen reader's list.
 */
class QuestionView {
  constructor(quiz, question, number, total) {
    Object.assign(this, { quiz, question, text: "" });
    this.keepText = (text) => {
      this.text = text;
    };
    this.title = h(
      "h4",
      { tabindex: "-1" },
      QUIZ_TEXTS.question(number, total),
      " ",
      h("span", { class: "mlt-note" }, typeOf(question).label),
    );
    this.body = h("div");
    this.element = h("section", { class: "mlt-quiz-question" }, this.title, this.body);
    this.draw();
  }

  draw() {
    if (this.answer === undefined) this.drawForm();
    else this.drawFeedback();
  }

  get answer() {
    return this.quiz.answers[this.question.id];
  }

  /** The order in which choices, or elements to rank, are shown; another one at each new start. */
  order() {
    const { question, quiz } = this;
    const type = typeOf(question);
    if (!type.ranked) return type.order(question, () => `${ownNumber()}/${question.id}/${quiz.round}`);
    return shownOrder(quiz.round ? `${question.id}/${quiz.round}` : question.id, question.elements.length);
  }

  drawForm() {
    const { question, quiz, keepText } = this;
    const error = h("p", { class: "mlt-error", id: uid("erreur"), role: "alert" });
    const field = buildField(question, {
      errorId: error.id,
      order: this.order(),
      say: quiz.say,
      keepText,
      fate: quiz.fate.texte,
    });
    this.control = field.control;
    const submit = (event) => {
      event.preventDefault();
      const { answer, error: problem } = field.read();
      error.textContent = problem ?? "";
      if (problem) field.control.focus();
      else quiz.answer(this, answer);
    };
    const word = typeOf(question).written ? QUIZ_TEXTS.showPoints : QUIZ_TEXTS.validate;
    fill(
      this.body,
      h(
        "form",
        { novalidate: true, autocomplete: "off", on: { submit } },
        field.element,
        error,
        h("div", { class: "mlt-actions" }, h("button", { type: "submit", class: "mlt-primary" }, word)),
      ),
    );
  }

  drawFeedback() {
    const { quiz, question, answer, text, keepText } = this;
    const change = h("button", { type: "button", on: { click: () => quiz.reopen(this) } }, QUIZ_TEXTS.change);
    fill(
      this.body,
      buildFeedback(question, answer, { order: this.order(), text, keepText, fate: quiz.fate.texte }),
      !typeOf(question).written && h("div", { class: "mlt-actions" }, change),
    );
  }

  focusVerdict() {
    this.body.querySelector(".mlt-quiz-verdict").focus();
  }
}

class QuizView {
  constructor(model) {
    this.model = model;
    this.bank = model.get("banque");
    this.fate = model.widget_manager ? FATES.tableau : inPlatform() ? FATES.plateforme : FATES.livre;
    this.round = 0;
    this.answers = this.received();
    this.live = liveRegion();
    this.say = (text) => this.live.say(text);
    const { questions, titre } = this.bank;
    this.title = h("h3", { class: "mlt-title", tabindex: "-1" }, titre);
    this.progress = h("p", { class: "mlt-quiz-progress", role: "status" });
    this.summary = h("div");
    this.views = questions.map((question, index) => new QuestionView(this, question, index + 1, questions.length));
    this.element = h(
      "section",
      { class: "mlt mlt-quiz" },
      this.title,
      fateNote(this.fate.reponses),
      this.progress,
      this.views.map((view) => view.element),
      this.summary,
      this.live.element,
    );
    this.refresh();
  }

  view(id) {
    return this.views.find(({ question }) => question.id === id);
  }

  /** Answers of the model that the bank allows: a notebook may hold those of an older bank. */
  received() {
    const given = this.model.get("reponses") ?? {};
    const known = this.bank.questions.filter((question) => question.id in given && valid(question, given[question.id]));
    return Object.fromEntries(known.map(({ id }) => [id, given[id]]));
  }

  answer(view, answer) {
    this.answers = { ...this.answers, [view.question.id]: answer };
    this.save();
    view.draw();
    this.refresh();
    view.focusVerdict();
  }

  reopen(view) {
    const { [view.question.id]: _, ...others } = this.answers;
    this.answers = others;
    this.save();
    view.draw();
    this.refresh();
    view.control.focus();
  }

  restart() {
    this.round += 1;
    this.answers = {};
    this.save();
    for (const view of this.views) {
      view.text = "";
      view.draw();
    }
    this.refresh();
    this.title.focus();
    this.say(QUIZ_TEXTS.restarted);
  }

  save() {
    this.model.set("reponses", this.answers);
    this.model.save_changes();
  }

  /** Another view of the same widget, or Python, changed the answers. */
  receive() {
    const next = this.received();
    const changed = this.views.filter(({ question: { id } }) =>
      JSON.stringify(next[id]) !== JSON.stringify(this.answers[id])
    );
    this.answers = next;
    for (const view of changed) view.draw();
    if (changed.length) this.refresh();
  }

  refresh() {
    const total = this.views.length;
    const done = Object.keys(this.answers).length;
    this.progress.textContent = done === total ? QUIZ_TEXTS.progressEnd : QUIZ_TEXTS.progress(done, total);
    fill(this.summary, done === total && this.buildSummary());
    this.tell();
  }

  /** Tell the page how many questions give credit, how many of these have an answer, and what the answers are worth. */
  tell() {
    const scored = this.views.filter(({ question, answer }) => credit(question, answer) !== null);
    const answered = scored.filter(({ answer }) => answer !== undefined);
    const sum = answered.reduce((total, { question, answer }) => total + credit(question, answer), 0);
    const detail = { quiz: this, scored: scored.length, answered: answered.length, credit: sum };
    document.dispatchEvent(new CustomEvent("mallette-credit", { detail }));
  }

  buildSummary() {
    const rows = this.views.map((view, index) => (
      { view, question: view.question, number: index + 1, credit: credit(view.question, view.answer) }
    ));
    const free = rows.filter((row) => row.credit === null);
    const panel = rows.filter(({ question }) => question.panel);
    const scored = rows.filter((row) => row.credit !== null && !panel.includes(row));
    const count = (list, test) => list.filter((row) => test(row.credit)).length;
    const right = count(scored, (value) => value === 1);
    const again = count(scored, (value) => value === 0);
    const restart = h("button", { type: "button", on: { click: () => this.restart() } }, QUIZ_TEXTS.restart);
    return h(
      "section",
      { class: "mlt-quiz-summary" },
      h("h4", {}, QUIZ_TEXTS.summary),
      scored.length > 0 && h("p", {}, QUIZ_TEXTS.tally(scored.length, right, scored.length - right - again, again)),
      panel.length > 0 && h("p", {}, QUIZ_TEXTS.tallyPanel(panel.length, count(panel, (value) => value === 1))),
      free.length > 0 && h("p", {}, QUIZ_TEXTS.tallyFree(free.length)),
      this.objectives(scored),
      h("div", { class: "mlt-actions" }, restart),
    );
  }

  objectives(scored) {
    const lines = Object.entries(this.bank.objectifs).map(([id, text]) => {
      const rows = scored.filter(({ question }) => question.objectif === id);
      if (!rows.length) return null;
      const weak = rows.filter((row) => row.credit < 1);
      const link = ({ view, number }, index) => [
        index > 0 && ", ",
        h("button", {
          type: "button",
          class: "mlt-quiz-link",
          on: { click: () => view.title.focus() },
        }, QUIZ_TEXTS.goTo(number)),
      ];
      return h(
        "li",
        {},
        h("strong", {}, text),
        h("br"),
        QUIZ_TEXTS.objective(rows.length - weak.length, rows.length),
        weak.length > 0 && [QUIZ_TEXTS.toReview, weak.map(link)],
      );
    }).filter(Boolean);
    return lines.length > 0 && [h("p", { class: "mlt-quiz-subtitle" }, QUIZ_TEXTS.byObjective), h("ul", {}, lines)];
  }
}

function render({ model, el }) {
  const view = new QuizView(model);
  const receive = () => view.receive();
  model.on("change:reponses", receive);
  el.append(view.element);
  return () => model.off("change:reponses", receive);
}

export default { render };
