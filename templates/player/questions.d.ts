// In a package questions.js lists the types the module uses. For the type checker only.
declare const types: Record<string, QuestionType>;
export = types;
