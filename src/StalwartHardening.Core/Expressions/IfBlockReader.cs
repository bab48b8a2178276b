using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Expressions;

/// <summary>Reads a setting of expressions from the flat stream the way the server does (<c>expr/if_block.rs</c>, 0.15.5).</summary>
internal static class IfBlockReader
{
    public static IfBlock Read(SettingsDocument document, string key) => Read(document, key, ExpressionVocabulary.Http);

    /// <summary>Reads the setting <paramref name="key"/>, whose expressions may use the words of <paramref name="vocabulary"/>.</summary>
    public static IfBlock Read(SettingsDocument document, string key, ExpressionVocabulary vocabulary)
    {
        // One value wins over a list, whatever the list holds.
        if (document.TryGet(key, out var single))
            return ReadSingle(document, single, vocabulary);
        var settings = document.StartingWith(key + ".");
        return settings.Count == 0 ? new IfBlock() : new RuleReader(document, vocabulary, key.Length + 1).Read(settings);
    }

    private static IfBlock ReadSingle(SettingsDocument document, in Setting setting, ExpressionVocabulary vocabulary)
    {
        var problems = new List<IfBlockProblem>();
        var expression = Parse(document, setting, vocabulary, problems);
        return new IfBlock
        {
            State = problems.Count > 0 ? IfBlockState.Invalid : IfBlockState.Valid,
            Default = new WrittenExpression(expression, setting),
            Problems = problems,
            IsUnknown = problems.Count == 0 && expression.IsUnknown,
            Settings = [setting],
        };
    }

    private static Expression Parse(SettingsDocument document, in Setting setting, ExpressionVocabulary vocabulary, List<IfBlockProblem> problems)
    {
        if (HoldsUnknown(setting.Value))
            return Expression.Unknown;
        if (ExpressionParser.TryParse(setting.Value, vocabulary, out var expression, out var problem))
            return expression;
        problems.Add(new IfBlockProblem(IfBlockProblemKind.Expression, setting, SpanIn(document, setting, problem.Start, problem.Length), problem.Message));
        return Expression.Unknown;
    }

    /// <summary>Where characters of a value stand in the source; the whole value where nobody can tell.</summary>
    public static SourceSpan SpanIn(SettingsDocument document, in Setting setting, int start, int length)
    {
        var place = document.Text is { } text
            ? TomlValueText.Find(text, setting, start, start + length)
            : document.PlaceInValue?.Invoke(setting, start, length);
        return place ?? setting.ValueSpan;
    }

    /// <summary>Whether a part is only known when the server runs: code we cannot follow, or one of its macros.</summary>
    public static bool HoldsUnknown(string text)
    {
        if (text.IndexOf(Setting.UnknownPart) >= 0)
            return true;
        for (var at = text.IndexOf("%{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("%{", at + 2, StringComparison.Ordinal))
        {
            if ((Follows(text, at + 2, "env:") || Follows(text, at + 2, "file:") || Follows(text, at + 2, "cfg:"))
                && text.IndexOf("}%", at, StringComparison.Ordinal) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Follows(string text, int at, string expected) => string.CompareOrdinal(text, at, expected, 0, expected.Length) == 0;

    private sealed class RuleReader(SettingsDocument document, ExpressionVocabulary vocabulary, int prefixLength)
    {
        private readonly List<IfThen> _rules = [];
        private readonly List<IfBlockProblem> _problems = [];
        private readonly List<Setting> _ignored = [];
        private readonly List<Setting> _settings = [];
        private WrittenExpression _default;
        private string _rulePosition = "";
        private string _elsePosition = "";
        private bool _foundIf;
        private bool _foundThen;
        private bool _isUnknown;

        public IfBlock Read(SettingRange settings)
        {
            // Where code could not be followed, more keys may be there, and a mistake in the order may be none.
            _isUnknown = !document.IsComplete;
            foreach (ref readonly var setting in settings)
            {
                _settings.Add(setting);
                _isUnknown |= setting.Key.IndexOf(Setting.UnknownPart) >= 0;
                ReadKey(setting);
            }

            if (_foundIf)
                Finish();
            return new IfBlock
            {
                State = _problems.Count > 0 && !_isUnknown ? IfBlockState.Invalid : _foundIf || _isUnknown ? IfBlockState.Valid : IfBlockState.NotSet,
                Rules = _rules,
                Default = _default,
                Problems = _isUnknown ? [] : _problems,
                Ignored = _ignored,
                IsUnknown = _isUnknown || (_problems.Count == 0 && HasUnknownExpression()),
                Settings = _settings,
            };
        }

        private void ReadKey(in Setting setting)
        {
            var suffix = setting.Key.Substring(prefixLength);
            var dot = suffix.IndexOf('.');
            if (dot < 0)
            {
                Fail(IfBlockProblemKind.Structure, setting, setting.KeySpan, $"'{suffix}' is neither if, then nor else of an entry");
                return;
            }

            var position = suffix.Substring(0, dot);
            var part = suffix.Substring(dot + 1);
            var second = part.IndexOf('.');
            switch (second < 0 ? part : part.Substring(0, second))
            {
                case "if":
                    ReadIf(setting, position);
                    break;
                case "then":
                    ReadThen(setting, position);
                    break;
                case "else":
                    ReadElse(setting, position);
                    break;
                default:
                    _ignored.Add(setting);
                    break;
            }
        }

        private void ReadIf(in Setting setting, string position)
        {
            if (_foundIf && position == _rulePosition)
            {
                _ignored.Add(setting);
                return;
            }

            if (_foundIf && !_foundThen)
                Fail(IfBlockProblemKind.MissingThen, _rules[_rules.Count - 1].If.Setting, _rules[_rules.Count - 1].If.Setting.ValueSpan, "This condition has no 'then'");
            _rules.Add(new IfThen(new WrittenExpression(Parse(document, setting, vocabulary, _problems), setting), default));
            _foundIf = true;
            _foundThen = false;
            _rulePosition = position;
        }

        private void ReadThen(in Setting setting, string position)
        {
            if (_elsePosition.Length > 0)
            {
                Fail(IfBlockProblemKind.Structure, setting, setting.ValueSpan, "A 'then' stands behind the 'else'");
                return;
            }

            if (!_foundIf || position != _rulePosition)
            {
                Fail(IfBlockProblemKind.Structure, setting, setting.ValueSpan, "This 'then' has no 'if'");
                return;
            }

            if (_foundThen)
            {
                _ignored.Add(setting);
                return;
            }

            _rules[_rules.Count - 1] = _rules[_rules.Count - 1] with { Then = new WrittenExpression(Parse(document, setting, vocabulary, _problems), setting) };
            _foundThen = true;
        }

        private void ReadElse(in Setting setting, string position)
        {
            if (_elsePosition.Length > 0)
            {
                if (position == _elsePosition)
                    _ignored.Add(setting);
                else
                    Fail(IfBlockProblemKind.Structure, setting, setting.ValueSpan, "There is a second 'else'");
                return;
            }

            if (!_foundIf)
            {
                Fail(IfBlockProblemKind.Structure, setting, setting.ValueSpan, "This 'else' sorts before every 'if'");
                return;
            }

            _default = new WrittenExpression(Parse(document, setting, vocabulary, _problems), setting);
            _elsePosition = position;
        }

        private void Finish()
        {
            var last = _rules[_rules.Count - 1].If.Setting;
            if (!_foundThen)
                Fail(IfBlockProblemKind.MissingThen, last, last.ValueSpan, "This condition has no 'then'");
            if (_elsePosition.Length == 0 && !HasElse())
                Fail(IfBlockProblemKind.MissingElse, last, last.ValueSpan, "The rules have no 'else'");
        }

        private bool HasElse()
        {
            foreach (var problem in _problems)
            {
                if (problem.Kind == IfBlockProblemKind.Structure && problem.Setting.Key.EndsWith(".else", StringComparison.Ordinal))
                    return true;
            }

            return false;
        }

        private bool HasUnknownExpression()
        {
            if (_default.Expression is { IsUnknown: true })
                return true;
            foreach (var rule in _rules)
            {
                if (rule.If.Expression.IsUnknown || rule.Then.Expression is { IsUnknown: true })
                    return true;
            }

            return false;
        }

        private void Fail(IfBlockProblemKind kind, in Setting setting, SourceSpan span, string message) =>
            _problems.Add(new IfBlockProblem(kind, setting, span, message));
    }
}
