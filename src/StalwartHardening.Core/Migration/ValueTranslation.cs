using System.Globalization;
using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>Writes values of settings as the fields of 0.16 want them: the field's type says how (<c>utils/config/utils.rs</c> at 0.15.5 says what the texts mean).</summary>
internal sealed class ValueTranslation(MigrationInput input)
{
    /// <summary>The value of a field; null, and why, where there is none that means the same.</summary>
    /// <param name="field">The field.</param>
    /// <param name="how">What the table says about it.</param>
    /// <param name="values">What the file says.</param>
    /// <param name="problem">Why there is none; a sentence.</param>
    public DraftValue? Translate(PlanField field, MigrationHow how, SourceValues values, out TranslationProblem problem)
    {
        switch (field.Type.Shape)
        {
            case PlanShape.Set:
                return Set(field, how, values, out problem);
            case PlanShape.Map:
                return Headers(field, values, out problem);
            case PlanShape.List when how.Has("intervals"):
                return Intervals(field, values, out problem);
            case PlanShape.Object when field.ValueType?.Name == "Expression":
                return Expression(field, values, out problem);
            default:
                if (values.Values is not [var single])
                {
                    if (values.Single is null && field.Type.Shape == PlanShape.Scalar && values.Values.Count > 1)
                        problem = TranslationProblem.NotWritable("It has several values, and one is wanted from 0.16 on.");
                    else
                        problem = TranslationProblem.NotRead(OneValue);
                    return null;
                }

                if (values.Single is null && field.Type.Scalar != PlanScalar.Text)
                {
                    problem = TranslationProblem.NotRead(OneValue);
                    return null;
                }

                var value = Single(field, how, single.Text, out problem);
                value?.Sources.Add(single.Index);
                return value;
        }
    }

    private const string OneValue = "The server reads one value here, and used its default.";

    private static DraftValue? Single(PlanField field, MigrationHow how, string text, out TranslationProblem problem)
    {
        if (field.Type.Shape == PlanShape.Object)
        {
            return field.ValueType!.Name switch
            {
                "Rate" => Rate(field, text, out problem),
                var name when name.StartsWith("Secret", StringComparison.Ordinal) || name.StartsWith("Public", StringComparison.Ordinal) => Secret(field.ValueType, text, out problem),
                _ => Fail("This tool does not know how to write it.", out problem),
            };
        }

        return Scalar(field, field.Type.Scalar, how, text, out problem);
    }

    private static DraftValue? Scalar(PlanField field, PlanScalar scalar, MigrationHow how, string text, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        if (HasMacro(text))
            return Fail("Servers from 0.16 on fill in no macros; write the value itself.", out problem);
        if (HoldsPlaceholder(text))
            return Fail("It holds something that is filled in before the server reads it; migrate the file when it is filled in.", out problem);
        if (how["strip"] is { } prefix && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            text = text.Substring(prefix.Length);
        if (how.Word(text) is { } renamed)
            text = renamed;
        else if (how.Has("lower"))
            text = text.ToLowerInvariant();
        if (field.IsNullable && scalar is PlanScalar.Unsigned or PlanScalar.Duration && IsOff(text))
            return DraftValue.Json("null");
        switch (scalar)
        {
            case PlanScalar.Boolean:
                return text is "true" or "false" ? DraftValue.Json(text) : Unread("The server knows only true and false here, and used its default.", out problem);
            case PlanScalar.Unsigned or PlanScalar.Integer:
                return long.TryParse(text.TrimStart('+'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && (number >= 0 || scalar == PlanScalar.Integer)
                    ? DraftValue.Json(number.ToString(CultureInfo.InvariantCulture))
                    : Unread("The server cannot read it as a number, and used its default.", out problem);
            case PlanScalar.Float:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && !double.IsNaN(real) && !double.IsInfinity(real)
                    ? DraftValue.Json(real.ToString("R", CultureInfo.InvariantCulture))
                    : Unread("The server cannot read it as a number, and used its default.", out problem);
            case PlanScalar.Duration:
                return TryParseDuration(text, out var milliseconds)
                    ? DraftValue.Json(milliseconds.ToString(CultureInfo.InvariantCulture))
                    : Unread("The server cannot read it as a duration, and used its default.", out problem);
            case PlanScalar.Enum:
                return Word(field, text) is { } word ? DraftValue.Text(word) : Fail($"'{Display.Text(text)}' is not a value that 0.16 knows here.", out problem);
            default:
                return text.Length > 0 ? DraftValue.Text(text)
                    : field.IsNullable ? DraftValue.Json("null")
                    : Fail("An empty text is refused from 0.16 on.", out problem);
        }
    }

    private DraftValue? Set(PlanField field, MigrationHow how, SourceValues values, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        var set = DraftValue.Collection();
        // A single value at a listener is passed over (listener.rs, 0.15.5).
        if (how.Has("list-only") && values.Single is not null)
            return Unread("The server reads a list here and passed the single value over.", out problem);
        foreach (var value in values.Values)
        {
            var members = Members(field, how, value.Text, out var memberProblem);
            foreach (var member in members)
            {
                var added = set.Find(member);
                if (added is null)
                    set.Set(member, added = DraftValue.Json("true"));
                added.Sources.Add(value.Index);
            }

            if (memberProblem.IsProblem)
            {
                problem = memberProblem;
                input.Refuse(value.Index, memberProblem.Message);
            }
        }

        if (set.Members.Count > 0)
            problem = TranslationProblem.None;
        return set.Members.Count > 0 ? set : null;
    }

    private static List<string> Members(PlanField field, MigrationHow how, string text, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        if (how.Has("events") && field.Enum is { } events)
        {
            var found = events.Values.Where(word => MatchesEvent(text, word)).ToList();
            if (found.Count == 0)
                problem = TranslationProblem.NotWritable($"No event of 0.16 is called '{Display.Text(text)}'.");
            return found;
        }

        if (how.Has("suites"))
            text = text.ToLowerInvariant().Replace('_', '-');
        var member = Scalar(field, field.Type.Scalar == PlanScalar.Enum ? PlanScalar.Enum : PlanScalar.Text, how, text, out problem);
        return member?.Content is { Length: > 0 } content ? [content] : [];
    }

    private static bool MatchesEvent(string pattern, string name) =>
        pattern == "*" || pattern == name
        || (pattern.EndsWith("*", StringComparison.Ordinal) && name.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.Ordinal))
        || (pattern.StartsWith("*", StringComparison.Ordinal) && name.EndsWith(pattern.Substring(1), StringComparison.Ordinal));

    // "Name: value"; one that is none drops them all (config/jmap/settings.rs).
    private static DraftValue? Headers(PlanField field, SourceValues values, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        if (field.Type.ValueIsObject)
            return Fail("This tool does not know how to write it.", out problem);
        var map = DraftValue.Collection();
        foreach (var value in values.Values)
        {
            var colon = value.Text.IndexOf(':');
            if (HasMacro(value.Text))
                return Fail("Servers from 0.16 on fill in no macros; write the header itself.", out problem);
            if (colon <= 0 || value.Text.Substring(colon + 1).Trim().Length == 0)
                return Unread("One header is not 'Name: value', so the server dropped them all.", out problem);
            var text = DraftValue.Text(value.Text.Substring(colon + 1).Trim());
            text.Sources.Add(value.Index);
            if (map.Find(value.Text.Substring(0, colon).Trim()) is { } earlier)
                text.Sources.AddRange(earlier.Sources);
            map.Set(value.Text.Substring(0, colon).Trim(), text);
        }

        return map.Members.Count > 0 ? map : null;
    }

    private static DraftValue? Intervals(PlanField field, SourceValues values, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        var list = DraftValue.Collection();
        foreach (var value in values.Values)
        {
            if (!TryParseDuration(value.Text, out var milliseconds))
                return Unread("The server cannot read it as a duration, and used its default.", out problem);
            var interval = DraftValue.Object(field.ValueType!);
            interval.Set("duration", DraftValue.Json(milliseconds.ToString(CultureInfo.InvariantCulture)));
            interval.Sources.Add(value.Index);
            list.Set(list.Members.Count.ToString(CultureInfo.InvariantCulture), interval);
        }

        return list.Members.Count > 0 ? list : null;
    }

    private DraftValue? Expression(PlanField field, SourceValues values, out TranslationProblem problem)
    {
        var block = input.ReadBlock(values.Key, out problem);
        if (block is null)
            return null;
        var expression = DraftValue.Object(field.ValueType!);
        var match = DraftValue.Collection();
        foreach (var (condition, consequence) in block.Rules)
        {
            var rule = DraftValue.Object(PlanSchema.Instance.FindType("ExpressionMatch")!);
            if (!AddText(rule, "if", condition, out problem) || !AddText(rule, "then", consequence, out problem))
                return null;
            match.Set(match.Members.Count.ToString(CultureInfo.InvariantCulture), rule);
        }

        // What the default has would stay otherwise: objects are merged.
        expression.Set("match", match);
        if (!AddText(expression, "else", block.Otherwise, out problem))
            return null;
        // What is not read on its own belongs to the whole.
        var used = new HashSet<int>(expression.AllSources);
        expression.Sources.AddRange(values.All.Select(static value => value.Index).Where(index => !used.Contains(index)));
        return expression;
    }

    private bool AddText(DraftValue target, string name, WrittenText text, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        if (ExpressionTranslation.Translate(input.Resolve(text.Text), input.ValueOf, out var reason) is not { } translated)
        {
            problem = TranslationProblem.NotWritable(reason);
            return false;
        }

        var value = DraftValue.Text(translated);
        value.Sources.Add(text.Index);
        target.Set(name, value);
        return true;
    }

    // "100/1d"; words for none switch it off.
    private static DraftValue? Rate(PlanField field, string text, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        if (HasMacro(text))
            return Fail("Servers from 0.16 on fill in no macros; write the value itself.", out problem);
        if (IsOff(text) || text.ToLowerInvariant() is "none" or "unlimited")
            return field.IsNullable ? DraftValue.Json("null") : Fail("A limit from 0.16 on cannot be without end.", out problem);
        var slash = text.IndexOf('/');
        if (slash < 0 || !long.TryParse(text.Substring(0, slash).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0
            || !TryParseDuration(text.Substring(slash + 1), out var period) || period < 1000)
            return Unread("The server cannot read it as a rate, and used its default.", out problem);
        var rate = DraftValue.Object(field.ValueType!);
        rate.Set("count", DraftValue.Json(count.ToString(CultureInfo.InvariantCulture)));
        rate.Set("period", DraftValue.Json(period.ToString(CultureInfo.InvariantCulture)));
        return rate;
    }

    /// <summary>A secret or a text that may also come from the environment or a file: what used to be a macro.</summary>
    public static DraftValue? Secret(PlanType union, string text, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        var secret = DraftValue.Object(union);
        var (variant, content) = Macro(text);
        if (variant is null && HasMacro(text))
            return Fail("It holds a macro among other text; a secret from 0.16 on is one text, one variable or one file.", out problem);
        if (content.Length == 0)
            return Fail("It is empty.", out problem);
        secret.Variant = variant is null ? union.FindVariant("Value".AsSpan()) ?? union.FindVariant("Text".AsSpan()) : union.FindVariant(variant.AsSpan());
        if (secret.Variant is null)
            return Fail("This tool does not know how to write it.", out problem);
        secret.Set(secret.Variant.Fields[0].Name, DraftValue.Text(content));
        return secret;
    }

    private static (string? Variant, string Content) Macro(string text)
    {
        if (!text.StartsWith("%{", StringComparison.Ordinal) || !text.EndsWith("}%", StringComparison.Ordinal) || text.IndexOf("}%", StringComparison.Ordinal) != text.Length - 2)
            return (null, text);
        var inner = text.Substring(2, text.Length - 4);
        if (inner.IndexOf("%{", StringComparison.Ordinal) >= 0)
            return (null, text);
        if (inner.StartsWith("env:", StringComparison.Ordinal) && inner.Length > 4)
            return ("EnvironmentVariable", inner.Substring(4));
        if (!inner.StartsWith("file:", StringComparison.Ordinal) || inner.Length == 5)
            return (null, text);
        var path = inner.Substring(5);
        return ("File", path.StartsWith("//", StringComparison.Ordinal) ? path.Substring(2) : path);
    }

    /// <summary>Whether a text holds a macro, which only servers up to 0.15 fill in.</summary>
    public static bool HasMacro(string text) => text.IndexOf("%{", StringComparison.Ordinal) is >= 0 and var open && text.IndexOf("}%", open, StringComparison.Ordinal) >= 0;

    private static bool HoldsPlaceholder(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (TemplatePlaceholder.MayBegin(text[i]) && TemplatePlaceholder.Measure(text, i, text.Length) > 0)
                return true;
        }

        return false;
    }

    // Kebab case became camel case.
    private static string? Word(PlanField field, string text)
    {
        if (field.Enum is not { } words)
            return null;
        var camel = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            camel.Append(i > 0 && text[i - 1] is '-' or '_' ? char.ToUpperInvariant(text[i]) : text[i]);
        var plain = camel.ToString().Replace("-", "").Replace("_", "");
        return words.Values.FirstOrDefault(word => word == text)
            ?? words.Values.FirstOrDefault(word => word == plain)
            ?? words.Values.FirstOrDefault(word => string.Equals(word, plain, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Digits anywhere, everything else is the unit; zero is none.</summary>
    public static bool TryParseDuration(string text, out long milliseconds)
    {
        var digits = "";
        var unit = "";
        foreach (var c in text)
        {
            if (c is >= '0' and <= '9')
                digits += c;
            else if (!char.IsWhiteSpace(c))
                unit += char.ToLowerInvariant(c);
        }

        long factor = unit switch { "d" => 86_400_000, "h" => 3_600_000, "m" => 60_000, "s" => 1000, "ms" or "" => 1, _ => 0 };
        milliseconds = 0;
        if (factor == 0 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > long.MaxValue / factor)
            return false;
        milliseconds = count * factor;
        return milliseconds > 0;
    }

    private static bool IsOff(string text) => text.ToLowerInvariant() is "" or "false" or "disable" or "disabled" or "never" or "0";

    private static DraftValue? Fail(string because, out TranslationProblem problem)
    {
        problem = TranslationProblem.NotWritable(because);
        return null;
    }

    private static DraftValue? Unread(string because, out TranslationProblem problem)
    {
        problem = TranslationProblem.NotRead(because);
        return null;
    }
}

/// <summary>A text and the place of its setting in the text's order.</summary>
internal readonly record struct WrittenText(string Text, int Index);

/// <summary>A setting of expressions as it is written.</summary>
internal sealed record WrittenBlock(IReadOnlyList<(WrittenText If, WrittenText Then)> Rules, WrittenText Otherwise);
