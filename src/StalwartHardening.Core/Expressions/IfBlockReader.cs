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
        var settings = document.Below(key);
        return settings.Count == 0 ? new IfBlock() : new RuleReader(document, ExpressionLanguage.SettingsAt(vocabulary), key.Length + 1, LengthOf(settings)).Read(settings);
    }

    private static IfBlock ReadSingle(SettingsDocument document, in Setting setting, ExpressionVocabulary vocabulary)
    {
        var reader = new WrittenExpressionReader(document.PlaceInValue, ExpressionLanguage.SettingsAt(vocabulary), setting.Value.Length);
        var written = reader.Read(setting);
        return new IfBlock
        {
            State = reader.Problems.Count > 0 ? IfBlockState.Invalid : IfBlockState.Valid,
            Language = reader.Language,
            Default = written,
            Problems = reader.Problems,
            IsUnknown = reader.Problems.Count == 0 && written.Expression.IsUnknown,
            Settings = [setting],
            Length = reader.Length,
            SpentAt = reader.SpentAt,
            StepsSpent = reader.StepsSpent,
        };
    }

    private static int LengthOf(in SettingRange settings)
    {
        var length = 0;
        foreach (ref readonly var setting in settings)
            length += setting.Value.Length;
        return length;
    }

    private sealed class RuleReader(SettingsDocument document, ExpressionLanguage language, int prefixLength, int length)
    {
        private readonly WrittenExpressionReader _reader = new(document.PlaceInValue, language, length);
        private readonly List<IfThen> _rules = [];
        private readonly List<Setting> _ignored = [];
        private readonly List<Setting> _settings = [];
        private WrittenExpression _default;
        private string _rulePosition = "";
        private string _elsePosition = "";
        private bool _foundIf;
        private bool _foundThen;
        private bool _foundMisplacedElse;
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
                State = _reader.Problems.Count > 0 && !_isUnknown ? IfBlockState.Invalid : _foundIf || _isUnknown ? IfBlockState.Valid : IfBlockState.NotSet,
                Language = language,
                Rules = _rules,
                Default = _default,
                Problems = _isUnknown ? [] : _reader.Problems,
                Ignored = _ignored,
                IsUnknown = _isUnknown || (_reader.Problems.Count == 0 && HasUnknownExpression()),
                Settings = _settings,
                Length = _reader.Length,
                SpentAt = _reader.SpentAt,
                StepsSpent = _reader.StepsSpent,
            };
        }

        private void ReadKey(in Setting setting)
        {
            var suffix = SettingPath.Part(setting.Key, prefixLength, setting.Key.Length);
            var position = SettingPath.FirstPart(suffix);
            if (position.Length == suffix.Length)
            {
                Fail(IfBlockProblemKind.Structure, setting, setting.KeySpan, $"'{suffix}' is neither if, then nor else of an entry");
                return;
            }

            switch (SettingPath.FirstPart(SettingPath.Relative(suffix, position)))
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
            _rules.Add(new IfThen(_reader.Read(setting), default));
            _foundIf = true;
            _foundThen = false;
            _rulePosition = position;
        }

        private void ReadThen(in Setting setting, string position)
        {
            if (_elsePosition.Length > 0)
            {
                Fail(IfBlockProblemKind.Structure, setting, setting.ValueSpan, "A 'then' comes after the 'else'");
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

            _rules[_rules.Count - 1] = _rules[_rules.Count - 1] with { Then = _reader.Read(setting) };
            _foundThen = true;
        }

        private void ReadElse(in Setting setting, string position)
        {
            if (_elsePosition.Length > 0)
            {
                if (position == _elsePosition)
                    _ignored.Add(setting);
                else
                    FailAtElse(setting, "There is a second 'else'");
                return;
            }

            if (!_foundIf)
            {
                FailAtElse(setting, "This 'else' sorts before every 'if'");
                return;
            }

            _default = _reader.Read(setting);
            _elsePosition = position;
        }

        private void Finish()
        {
            var last = _rules[_rules.Count - 1].If.Setting;
            if (!_foundThen)
                Fail(IfBlockProblemKind.MissingThen, last, last.ValueSpan, "This condition has no 'then'");
            if (_elsePosition.Length == 0 && !_foundMisplacedElse)
                Fail(IfBlockProblemKind.MissingElse, last, last.ValueSpan, "The rules have no 'else'");
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

        private void FailAtElse(in Setting setting, string message)
        {
            _foundMisplacedElse |= SettingPath.EndsIn(setting.Key, "else");
            Fail(IfBlockProblemKind.Structure, setting, setting.ValueSpan, message);
        }

        private void Fail(IfBlockProblemKind kind, in Setting setting, SourceSpan span, string message) =>
            _reader.Problems.Add(new IfBlockProblem(kind, setting, span, message));
    }
}
