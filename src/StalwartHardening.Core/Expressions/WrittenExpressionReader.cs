namespace StalwartHardening.Expressions;

/// <summary>Compiles the texts of one setting of expressions, and collects what the server does not take.</summary>
internal sealed class WrittenExpressionReader
{
    private readonly Func<Setting, int, int, SourceSpan?>? _placeInValue;
    private readonly StepBudget _budget;

    /// <param name="placeInValue">Where a stretch of a value was written (see <see cref="SettingsDocument.PlaceInValue"/>).</param>
    /// <param name="language">The words the expressions are written in.</param>
    /// <param name="length">How many characters all of them have.</param>
    public WrittenExpressionReader(Func<Setting, int, int, SourceSpan?>? placeInValue, ExpressionLanguage language, int length)
    {
        _placeInValue = placeInValue;
        Language = language;
        _budget = StepBudget.ForQuestionAbout(length);
        Length = length;
    }

    public ExpressionLanguage Language { get; }

    public int Length { get; }

    public List<IfBlockProblem> Problems { get; } = [];

    /// <summary>Where patterns would have cost more than there is; null where they did not.</summary>
    public Setting? SpentAt => _budget.SpentAt;

    public long StepsSpent => _budget.Spent;

    public WrittenExpression Read(in Setting setting) => new(Compile(setting), setting);

    private Expression Compile(in Setting setting)
    {
        if (HoldsUnknown(setting.Value))
            return Expression.Unknown;
        var isRead = ExpressionParser.TryParse(setting.Value, Language, _budget, out var expression, out var problem);
        if (_budget.IsSpent)
            _budget.NoteSpentAt(setting);
        if (isRead)
            return expression;
        var span = _placeInValue?.Invoke(setting, problem.Start, problem.Length) ?? setting.ValueSpan;
        Problems.Add(new IfBlockProblem(IfBlockProblemKind.Expression, setting, span, problem.Message, problem.ServerMessage));
        return Expression.Unknown;
    }

    // What is only known when the server runs: code we cannot follow, or a macro, which only settings files have.
    private bool HoldsUnknown(string text) => text.IndexOf(Setting.UnknownPart) >= 0 || (!Language.IsOfObjects && HoldsMacro(text));

    /// <summary>Whether a part of a setting's value is only known when the server runs: code we cannot follow, or one of its macros.</summary>
    public static bool IsUnknown(string text) => text.IndexOf(Setting.UnknownPart) >= 0 || HoldsMacro(text);

    private static bool HoldsMacro(string text)
    {
        // Without an end after it, no later one has an end either.
        for (var at = text.IndexOf("%{", StringComparison.Ordinal); at >= 0 && text.IndexOf("}%", at, StringComparison.Ordinal) > 0; at = text.IndexOf("%{", at + 2, StringComparison.Ordinal))
        {
            if (Follows(text, at + 2, "env:") || Follows(text, at + 2, "file:") || Follows(text, at + 2, "cfg:"))
                return true;
        }

        return false;
    }

    private static bool Follows(string text, int at, string expected) => string.CompareOrdinal(text, at, expected, 0, expected.Length) == 0;
}
