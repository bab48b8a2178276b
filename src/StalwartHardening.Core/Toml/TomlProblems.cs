using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>The errors of a text, the first of them the server's own.</summary>
internal sealed class TomlProblems(string text)
{
    // Nobody reads more, and a text of nothing but errors must not cost more than any other.
    private const int MaxProblems = 100;

    private readonly LineTable _lines = new(text);
    private List<ReadProblem>? _found;

    /// <summary>The errors in the order they were met.</summary>
    public IReadOnlyList<ReadProblem> Found => (IReadOnlyList<ReadProblem>?)_found ?? [];

    /// <summary>The kind of the error that was met last.</summary>
    public ReadProblemKind? LastKind { get; private set; }

    /// <summary>Adds an error.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="span">Where.</param>
    /// <param name="lineAt">An offset on the line that the server names.</param>
    /// <param name="key">The flat key of the statement, as far as it is known; taken only if the error is kept.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="related">The first place of a duplicate.</param>
    public void Add(ReadProblemKind kind, SourceSpan span, int lineAt, ReadOnlySpan<char> key, string message, SourceSpan? related)
    {
        LastKind = kind;
        _found ??= [];
        if (_found.Count < MaxProblems)
            _found.Add(new ReadProblem(kind, span, LineOf(lineAt), message, related) { Key = key.Length > 0 ? key.ToString() : null });
    }

    /// <summary>Says the last error in other words, if it was kept.</summary>
    /// <param name="statementStart">Where the statement began that it is about.</param>
    /// <param name="span">Where the error is.</param>
    /// <param name="message">What is wrong.</param>
    public void Restate(int statementStart, SourceSpan span, string message)
    {
        if (_found!.Count == MaxProblems && _found[MaxProblems - 1].Span.Start < statementStart)
            return;
        _found[_found.Count - 1] = _found[_found.Count - 1] with { Span = span, Message = message };
    }

    /// <summary>The number of the line that holds <paramref name="offset"/>, counted from 1.</summary>
    public int LineOf(int offset) => _lines.LineOf(offset);
}
