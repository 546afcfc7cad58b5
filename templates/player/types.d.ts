// The shapes the player's modules share. For the type checker only: never put in a package.

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Answer = Json;
/** What marking needs; its shape is the question type's own affair. */
// biome-ignore lint/suspicious/noExplicitAny: each question type knows its own.
type Data = Record<string, any>;

interface Slot extends Array<string | number> {
  0: string;
  1: string;
  2: number;
}

interface QuizData {
  id: string;
  page: string;
  draw: number | null;
  attempts: number | null;
  retryWrong: boolean;
  shuffle: boolean;
  testOut: boolean;
  pass: number;
  questions: string[];
  /** Later pages wait until it is answered. */
  locked?: true;
}

interface QuestionData {
  type: string;
  points: number;
  cmi: string;
  data: Data;
  /** What is right is not in the page: a server marks. false when it has. */
  sealed?: boolean;
}

interface ModuleData {
  format: number;
  course: string;
  module: string;
  title: string;
  version: string;
  language: string;
  languages: Record<string, string>;
  tracking: { name: string; [option: string]: Json };
  pages: { id: string; title: string; minutes: number }[];
  skips: Record<string, string>;
  slots: Slot[];
  quizzes: QuizData[];
  questions: Record<string, QuestionData>;
  completion: { allPages: boolean; passedQuiz: boolean };
  exitTo: string;
  quickExit: boolean;
}

/** A question type. Pure: fields.js handles the page. */
interface QuestionType {
  /** 0-1. Any value may come in; a hostile or empty one gives 0. */
  score(data: Data, answer: Answer): number;
  /** The right answer, in the inputs' own values; null if no answer is right. A numeric range is "10:12". */
  right(data: Data): Answer;
  /** The key of the text that says what is missing. */
  missing: string;
  /** Parts to mark: key of the part -> is it right, and did the learner choose it. Absent: the answer has no parts. */
  marks?(data: Data, answer: Answer): Record<string, Mark>;
  /** Whether what is typed can be marked at all. Absent: anything can. */
  isWhole?(answer: Answer): boolean;
}

/** How the answers of a type are kept in a state. packing: as numbers; absent or null when they are kept as text. */
interface Form {
  packing?(data: Data): Packing | null;
  toText?(data: Data, answer: Answer): string;
  fromText?(data: Data, text: string): Answer;
}

/** widths: bits of each number, by the width of the slot. */
interface Packing {
  widths(width: number): number[];
  pack(answer: Answer): number[];
  unpack(numbers: number[]): Answer;
}

type Mark = "right" | "wrong" | "missed";

/** mark: 1 answered, 2 submitted and not fully right, 3 submitted and right. */
interface Given {
  answer: Answer;
  mark: 1 | 2 | 3;
}

/** attempt: how many were handed in before this one. best: 0-100, null before the first is handed in. */
interface QuizRecord {
  attempt: number;
  best: number | null;
  passed: boolean;
}

interface State {
  seed: number;
  place: string;
  completed: boolean;
  passed: boolean;
  visited: readonly string[];
  quizzes: Readonly<Record<string, QuizRecord>>;
  answers: Readonly<Record<string, Given>>;
  /** What was seen of each film (watched.js). */
  films: Readonly<Record<string, number>>;
}

/** What a platform gets, in terms of no standard. score: 0-100, null before a quiz is submitted. */
interface Report {
  state: string;
  place: string;
  completion: "incomplete" | "completed";
  success: "unknown" | "passed" | "failed";
  score: number | null;
}

/** An answer as it was given. score 0-1. index: given by the driver, kept when it has to be sent again. */
interface Interaction {
  question: QuestionData;
  /** What was asked, in plain words. */
  text: string;
  answer: Answer;
  right: Answer;
  score: number;
  seconds: number;
  at: string;
  language: string;
  index?: number;
}

/**
 * state: what the platform kept, "" for nothing. kept: the same, from a platform that keeps more than a text.
 * isOver: the platform was there, but this session has ended.
 */
interface Opening {
  found: boolean;
  mode: "normal" | "review" | "browse";
  state: string;
  kept?: State;
  isOver?: boolean;
  wishes?: Wishes;
}

/** What a platform wants of the page. pass: 0-1, in place of the module's own pass mark. languages: the best first. */
interface Wishes {
  pass: number | null;
  languages: string[];
  isSilent: boolean;
}

/** A server that keeps events and marks answers. What is right comes into the page only with its mark. */
interface Server {
  /** state: what has been reached now. tell: called when the server does not answer, and when it does again. */
  watch(state: () => State, tell: () => void): void;
  /** Promises the answer that counts, once it is marked and its feedback is in the page. Throws when the server refuses it; the message is "invalid" or "too_long". */
  mark(module: ModuleData, id: string, answer: Answer, round: number): Promise<Answer>;
  /** Puts into a page, at the start and in another language, what the server has said before. */
  dress(module: ModuleData): void;
}

/** What a server says of an answer: what is right, what is to be said (by option, and "explanation"), and what counts. */
interface Marked {
  data: Data;
  said: Record<string, string>;
  answer: Answer;
}

interface Driver {
  open(): Opening | Promise<Opening>;
  /** Fetches what only answers need; no answer is sent before it is here. */
  load(): Promise<void>;
  /** Returns who learns, for a key on this device; never shown, never logged. */
  learner(): string;
  /** Says what the platform holds already, so that it is not sent again. */
  assume(report: Report): void;
  /** Sends what has changed and commits. Returns, or promises, whether the platform took it. */
  save(report: Report, interactions: readonly Interaction[]): boolean | Promise<boolean>;
  /** Only where a server keeps and marks; see tracking/lti.js. */
  server?: Server;
  /** Where the learner goes when done; absent or "" where the window is just to be closed. */
  home?: string;
  /** Only where save() does not know at once: whether the platform has all that was given, once it has answered. */
  settled?(): Promise<boolean>;
  /** Whether the platform has refused something that no later try can change. */
  isRefused?(): boolean;
  /** Only where the platform's session would stay open on this computer: ends it, after what is not sent yet. */
  end?(): void;
  /** Ends the session; nothing can be sent after it. */
  close(seconds: number): void;
}
