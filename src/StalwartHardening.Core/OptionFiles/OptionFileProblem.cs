namespace StalwartHardening.OptionFiles;

/// <summary>Something in an option file that cannot be, or that does nothing.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
internal sealed record OptionFileProblem(int Line, string Message);
