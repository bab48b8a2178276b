using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>A value of a plan while it is put together, with the settings it was made of.</summary>
internal sealed class DraftValue
{
    private DraftValue(string? literal, PlanType? type)
    {
        Literal = literal;
        Type = type;
    }

    /// <summary>The JSON of a single value; null for what has members.</summary>
    public string? Literal { get; }

    /// <summary>The text of a text; null for everything else.</summary>
    public string? Content { get; private init; }

    /// <summary>The type of an object with fields, as far as its field says it; null for everything else.</summary>
    public PlanType? Type { get; }

    /// <summary>The fields, members or elements, in the order in which they are written.</summary>
    public List<KeyValuePair<string, DraftValue>> Members { get; } = [];

    /// <summary>The settings it was made of, by their places in the text's order.</summary>
    public List<int> Sources { get; } = [];

    /// <summary>Whether it is written although no setting says so, because it was the default before and is none any more.</summary>
    public bool IsOldDefault { get; set; }

    /// <summary>Whether its members are values of the type, under names of their own.</summary>
    public bool IsMap { get; set; }

    /// <summary>The variant of an object that is one of several.</summary>
    public PlanType? Variant { get; set; }

    /// <summary>The type whose fields it has; null while the variant is not known.</summary>
    public PlanType? Effective => Variant ?? (IsMap ? null : Type is { HasVariants: true } ? null : Type);

    public static DraftValue Text(string text)
    {
        var json = new System.Text.StringBuilder(text.Length + 2);
        PlanJson.AppendText(json, text);
        return new DraftValue(json.ToString(), null) { Content = text };
    }

    public static DraftValue Json(string json) => new(json, null);

    public static DraftValue Object(PlanType type) => new(null, type);

    /// <summary>A set, a list or a map.</summary>
    public static DraftValue Collection() => new(null, null);

    public DraftValue? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Key == name)
                return member.Value;
        }

        return null;
    }

    /// <summary>Adds a member, in place of an earlier one of that name.</summary>
    public void Set(string name, DraftValue value)
    {
        var index = Members.FindIndex(member => member.Key == name);
        if (index < 0)
            Members.Add(new KeyValuePair<string, DraftValue>(name, value));
        else
            Members[index] = new KeyValuePair<string, DraftValue>(name, value);
    }

    /// <summary>The settings it and everything in it was made of.</summary>
    public IEnumerable<int> AllSources => Sources.Concat(Members.SelectMany(static member => member.Value.AllSources));
}

/// <summary>One object that an operation writes.</summary>
internal sealed class DraftBody(string clientId, DraftValue value)
{
    /// <summary>How other operations refer to it, without the <c>#</c>; empty for a singleton.</summary>
    public string ClientId { get; } = clientId;

    public DraftValue Value { get; } = value;
}

/// <summary>One line of a plan.</summary>
internal sealed class DraftOperation(string verb, PlanType type, params string[] matchOn)
{
    public string Verb { get; } = verb;

    public PlanType Type { get; } = type;

    public IReadOnlyList<string> MatchOn { get; } = matchOn;

    public List<DraftBody> Bodies { get; } = [];

    /// <summary>What a destroy looks for, as JSON.</summary>
    public string? Filter { get; init; }
}
