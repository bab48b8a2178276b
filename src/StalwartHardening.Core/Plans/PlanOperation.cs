namespace StalwartHardening.Plans;

/// <summary>What an operation does.</summary>
internal enum PlanVerb
{
    /// <summary>It cannot be told.</summary>
    None,

    /// <summary>Makes new objects.</summary>
    Create,

    /// <summary>Changes one object.</summary>
    Update,

    /// <summary>Changes the objects that match, makes the others.</summary>
    Upsert,

    /// <summary>As upsert; then deletes what it did not list.</summary>
    Reconcile,

    /// <summary>Deletes objects, before everything else.</summary>
    Destroy,
}

/// <summary>One operation of a plan, as it is written.</summary>
internal sealed class PlanOperation
{
    internal PlanOperation(PlanText text, PlanLine line, int index)
    {
        PlanText = text;
        Line = line.Number;
        Node = line.Node;
        Index = index;
    }

    /// <summary>The text it is in.</summary>
    public PlanText PlanText { get; }

    /// <summary>The values of that text.</summary>
    public JsonText Json => PlanText.Json;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The value in <see cref="Json"/>.</summary>
    public int Node { get; }

    /// <summary>Its place among all operations of the run.</summary>
    public int Index { get; }

    /// <summary>What it does.</summary>
    public PlanVerb Verb { get; internal set; }

    /// <summary>The type of its objects; null where there is none of that name.</summary>
    public PlanType? Type { get; internal set; }

    /// <summary>The value of <c>@type</c>; -1 where it is missing.</summary>
    public int VerbNode { get; internal set; } = -1;

    /// <summary>The value of <c>object</c>; -1 where it is missing.</summary>
    public int ObjectNode { get; internal set; } = -1;

    /// <summary>The value of <c>value</c>: bodies by client id, a body, a filter; -1 where it is missing.</summary>
    public int ValueNode { get; internal set; } = -1;

    /// <summary>The value of <c>id</c>; -1 where it is missing.</summary>
    public int IdNode { get; internal set; } = -1;

    /// <summary>The value of <c>matchOn</c>; -1 where it is missing.</summary>
    public int MatchOnNode { get; internal set; } = -1;

    /// <summary>The value of <c>scope</c>; -1 where it is missing or null.</summary>
    public int ScopeNode { get; internal set; } = -1;

    /// <summary>The value of a field of a body, or that of the scope, which holds for every body that has none; -1 where neither has one.</summary>
    public int FindIn(int body, string field) => Json.Find(body, field) is >= 0 and var own ? own : ScopeNode >= 0 ? Json.Find(ScopeNode, field) : -1;

    /// <summary>The whole operation.</summary>
    public SourceSpan Span => Json.Span(Node);

    /// <summary>Where the type's name is; the operation where it is missing.</summary>
    public SourceSpan ObjectSpan => ObjectNode >= 0 ? Json.Span(ObjectNode) : Span;

    /// <summary>Where <c>@type</c>'s value is; the operation where it is missing.</summary>
    public SourceSpan VerbSpan => VerbNode >= 0 ? Json.Span(VerbNode) : Span;

    /// <summary>The properties that objects are matched on; null for all single values (<c>"*"</c>).</summary>
    internal string[]? MatchOn { get; set; } = [];

    /// <summary>Whether the tool would run it: nothing in it is refused before the first request.</summary>
    internal bool IsSound { get; set; } = true;

    /// <summary>Whether it can be told what the operation means, although the tool may refuse it: a property too many, a tool too old.</summary>
    internal bool IsClear { get; set; } = true;

    /// <summary>Whether the server refused a part of it.</summary>
    public bool HasFailed { get; internal set; }

    /// <summary>Whether the run came to it.</summary>
    public bool HasRun { get; internal set; }

    /// <summary>Whether it changed the server, although it may have failed then.</summary>
    internal bool HasDoneSomething { get; set; }

    /// <summary>The bodies of a create, upsert or reconcile, in the order in which the tool sends them.</summary>
    internal (string ClientId, int Node)[] Bodies { get; set; } = [];
}
