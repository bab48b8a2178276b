using System.Globalization;

namespace StalwartHardening.Expressions;

/// <summary>
/// Reads a setting of expressions in the form of 0.16 and later, <c>{"match": {"0": {"if": …, "then": …}}, "else": …}</c>, the way the server does when it
/// is written to a server that has none yet (<c>registry/src/jmap/patch.rs</c>, <c>expr/if_block.rs</c>, 0.16.18). Any mistake refuses the whole
/// write, so that what was there before stays.
/// </summary>
internal sealed class ObjectBlockReader
{
    private const string MissingPart = "All 'if' and 'then' blocks must be non-empty";

    private readonly string _path;
    private readonly ObjectNode _root;
    private readonly WrittenExpressionReader _reader;
    private readonly SortedDictionary<uint, Rule> _rules = [];
    private readonly List<Setting> _settings = [];
    private Setting? _else;
    private bool _isUnknown;

    private ObjectBlockReader(ObjectNode root, string path, ExpressionLanguage language, Func<Setting, int, int, SourceSpan?>? placeInValue)
    {
        _root = root;
        _path = path;
        _reader = new WrittenExpressionReader(placeInValue, language, LengthOf(root));
    }

    /// <param name="value">The value of the property.</param>
    /// <param name="path">The property's name; the texts in it become settings below it (<c>allowedEndpoints/match/0/if</c>).</param>
    /// <param name="otherwise">What <c>else</c> is on a fresh server where the value has none.</param>
    /// <param name="language">The words the expressions are written in.</param>
    /// <param name="placeInValue">Where a stretch of a text was written; null where that is not known.</param>
    public static IfBlock Read(ObjectNode value, string path, string otherwise, ExpressionLanguage language, Func<Setting, int, int, SourceSpan?>? placeInValue = null)
    {
        var reader = new ObjectBlockReader(value, path, language, placeInValue);
        reader.ReadBlock();
        return reader.Compile(otherwise);
    }

    private void ReadBlock()
    {
        if (!IsObject(_root, _path, "Invalid value type for object", "An object with 'else', and 'match' where there are rules, is wanted here"))
            return;
        foreach (var member in _root.Members)
        {
            switch (member.Name)
            {
                case "else":
                    if (TryReadText(member, $"{_path}/else", $"{_path}/else", out var text))
                        _else = text;
                    break;
                case "match":
                    ReadRules(member.Value);
                    break;
                case "@type":
                    break;
                default:
                    Refuse(member.NameSpan, _path, $"An expression has no '{member.Name}'");
                    break;
            }
        }
    }

    private void ReadRules(ObjectNode match)
    {
        // A given object replaces all rules before it.
        _rules.Clear();
        if (!IsObject(match, $"{_path}/match", "Invalid value for object property", "The rules are an object whose names are numbers"))
            return;
        foreach (var member in match.Members)
        {
            if (TryReadNumber(member.Name, out var number))
                _rules[number] = ReadRule(member);
            else
                Refuse(member.NameSpan, $"{_path}/match", $"'{member.Name}' is not the number of a rule", "Invalid key for object property");
        }
    }

    private Rule ReadRule(in ObjectMember rule)
    {
        Setting? condition = null, consequence = null;
        if (IsObject(rule.Value, $"{_path}/match", "Invalid value for object property", "A rule is an object with 'if' and 'then'"))
        {
            foreach (var member in rule.Value.Members)
            {
                switch (member.Name)
                {
                    case "if":
                        if (TryReadText(member, $"{_path}/match/{rule.Name}/if", $"{_path}/match/if", out var read))
                            condition = read;
                        break;
                    case "then":
                        if (TryReadText(member, $"{_path}/match/{rule.Name}/then", $"{_path}/match/then", out read))
                            consequence = read;
                        break;
                    case "@type":
                        break;
                    default:
                        Refuse(member.NameSpan, $"{_path}/match", $"A rule has no '{member.Name}'");
                        break;
                }
            }
        }

        return new Rule(condition, consequence, new Setting($"{_path}/match/{rule.Name}", "", rule.NameSpan, rule.Value.Span));
    }

    // The server compiles the alternative first, then each rule in the order of the numbers.
    private IfBlock Compile(string otherwise)
    {
        var hasShape = _reader.Problems.Count == 0;
        if (hasShape && !_isUnknown)
        {
            foreach (var rule in _rules.Values)
            {
                if (rule.If is null || rule.Then is null)
                    _reader.Problems.Add(new IfBlockProblem(IfBlockProblemKind.MissingThen, rule.Whole, rule.Whole.ValueSpan, $"This rule has no '{(rule.If is null ? "if" : "then")}'", MissingPart));
            }
        }

        var alternative = Read(_else ?? new Setting($"{_path}/else", otherwise, default, default), "else", 0);
        var rules = new List<IfThen>(_rules.Count);
        foreach (var rule in _rules.Values)
        {
            if (rule.If is { } condition && rule.Then is { } consequence)
                rules.Add(new IfThen(Read(condition, "if", rules.Count + 1), Read(consequence, "then", rules.Count + 1)));
        }

        var isUnknown = _isUnknown || alternative.Expression.IsUnknown || rules.Exists(static rule => rule.If.Expression.IsUnknown || rule.Then.Expression.IsUnknown);
        return new IfBlock
        {
            Language = _reader.Language,
            State = _reader.Problems.Count > 0 ? IfBlockState.Invalid : IfBlockState.Valid,
            Rules = rules,
            Default = alternative,
            Problems = _reader.Problems,
            IsUnknown = _reader.Problems.Count == 0 && isUnknown,
            Settings = _settings,
            Length = _reader.Length,
            SpentAt = _reader.SpentAt,
            StepsSpent = _reader.StepsSpent,
        };
    }

    private WrittenExpression Read(in Setting setting, string part, int rule)
    {
        var known = _reader.Problems.Count;
        var written = _reader.Read(setting);
        if (_reader.Problems.Count > known)
        {
            var problem = _reader.Problems[known];
            var place = rule == 0 ? "" : $" in condition #{rule.ToString(CultureInfo.InvariantCulture)}";
            _reader.Problems[known] = problem with { ServerMessage = $"Error parsing '{part}' expression{place}: {problem.ServerMessage}" };
        }

        return written;
    }

    private bool TryReadText(in ObjectMember member, string key, string serverPath, out Setting setting)
    {
        setting = new Setting(key, member.Value.Text, member.NameSpan, member.Value.Span);
        if (member.Value.Kind == ObjectNodeKind.Unknown)
            _isUnknown = true;
        else if (member.Value is not { Kind: ObjectNodeKind.Text, Text.Length: > 0 })
            Refuse(member.Value.Span, serverPath, "A non-empty text is expected here: numbers and Booleans must be quoted too", "Invalid value for property.", setting);
        else
            _settings.Add(setting);
        return member.Value is { Kind: ObjectNodeKind.Text, Text.Length: > 0 };
    }

    private bool IsObject(ObjectNode node, string path, string serverMessage, string message)
    {
        if (node.Kind == ObjectNodeKind.Unknown)
            _isUnknown = true;
        else if (node.Kind != ObjectNodeKind.Object)
            Refuse(node.Span, path, message, serverMessage);
        return node.Kind == ObjectNodeKind.Object;
    }

    // An unsigned 32-bit number as Rust reads it.
    private static bool TryReadNumber(string name, out uint number)
    {
        var digits = name.StartsWith("+", StringComparison.Ordinal) ? name.Substring(1) : name;
        return uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private void Refuse(SourceSpan span, string path, string message, string serverMessage = "", Setting? setting = null) => _reader.Problems.Add(new IfBlockProblem(
        IfBlockProblemKind.Structure,
        setting ?? new Setting(path, "", span, span),
        span,
        message,
        serverMessage.Length == 0 ? "" : $"{path}: {serverMessage}"));

    private static int LengthOf(ObjectNode root)
    {
        // A block is three objects deep; what is deeper is refused.
        var length = root.Text.Length;
        foreach (var member in root.Members)
        {
            length += member.Value.Text.Length;
            foreach (var rule in member.Value.Members)
            {
                foreach (var part in rule.Value.Members)
                    length += part.Value.Text.Length;
            }
        }

        return length;
    }

    private readonly record struct Rule(Setting? If, Setting? Then, Setting Whole);
}
