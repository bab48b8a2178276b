namespace StalwartHardening.Expressions;

/// <summary>Why the server cannot read an expression: it then drops the whole setting.</summary>
/// <param name="Start">Where in the expression's text.</param>
/// <param name="Length">How many characters are wrong; 0 where something is missing.</param>
/// <param name="Message">A sentence without a full stop.</param>
/// <param name="ServerMessage">What the server says, as it says it; of a regular expression only the beginning.</param>
internal readonly record struct ExpressionProblem(int Start, int Length, string Message, string ServerMessage);
