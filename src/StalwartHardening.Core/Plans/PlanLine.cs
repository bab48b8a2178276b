namespace StalwartHardening.Plans;

/// <summary>One value of a plan's text: an operation, in everything that the tool accepts.</summary>
/// <param name="Node">The value.</param>
/// <param name="Number">The line it begins in, counted from 1.</param>
/// <param name="SpansLines">Whether it goes on in the next line, which the tool refuses: it reads line by line.</param>
internal readonly record struct PlanLine(int Node, int Number, bool SpansLines);
