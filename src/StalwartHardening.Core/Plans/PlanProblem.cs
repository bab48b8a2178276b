namespace StalwartHardening.Plans;

/// <summary>When the server or its tool notices a mistake.</summary>
internal enum PlanStage
{
    /// <summary>Before the first request: nothing is applied.</summary>
    Plan,

    /// <summary>While the operation runs: what came before it stays applied, what comes after it never runs.</summary>
    Apply,
}

/// <summary>What the server or its tool calls a mistake.</summary>
internal enum PlanProblemKind
{
    /// <summary>The line is no JSON.</summary>
    InvalidJson,

    /// <summary>The line is JSON, but no object.</summary>
    NotAnOperation,

    /// <summary><c>@type</c> is missing or names no operation.</summary>
    UnknownOperation,

    /// <summary>The operation has a property that it does not know.</summary>
    UnknownField,

    /// <summary>The operation has a property twice.</summary>
    DuplicateField,

    /// <summary>A property of the operation is missing or of the wrong type.</summary>
    InvalidField,

    /// <summary>The object's type does not exist.</summary>
    UnknownObject,

    /// <summary>Only upsert and reconcile have a scope.</summary>
    ScopeNotAllowed,

    /// <summary>The scope is no object of plain properties.</summary>
    InvalidScope,

    /// <summary>A body contradicts the scope.</summary>
    OutOfScope,

    /// <summary><c>matchOn</c> is neither a list of properties nor <c>"*"</c>.</summary>
    InvalidMatchOn,

    /// <summary>A reconcile has nothing to match on.</summary>
    NoMatchKey,

    /// <summary>Two bodies have the same client id.</summary>
    DuplicateId,

    /// <summary>There is nothing to create.</summary>
    EmptyValue,

    /// <summary>An update does not say which object it means.</summary>
    IdRequired,

    /// <summary>An update gives a singleton an id.</summary>
    BadSingletonId,

    /// <summary>A singleton cannot be destroyed.</summary>
    CannotDestroySingleton,

    /// <summary>A singleton cannot be upserted.</summary>
    CannotUpsertSingleton,

    /// <summary>A singleton cannot be reconciled.</summary>
    CannotReconcileSingleton,

    /// <summary>A reference leads nowhere.</summary>
    UnresolvedReference,

    /// <summary>The server refuses a property or its value.</summary>
    InvalidPatch,

    /// <summary>The server refuses the object as a whole.</summary>
    ValidationFailed,

    /// <summary>The server refuses properties for what they mean.</summary>
    InvalidProperties,

    /// <summary>Another object has the same key.</summary>
    PrimaryKeyViolation,

    /// <summary>The object referred to does not exist.</summary>
    InvalidForeignKey,

    /// <summary>Other objects refer to it.</summary>
    ObjectIsLinked,

    /// <summary>There is no object of this id.</summary>
    NotFound,

    /// <summary>The server says nothing of the id.</summary>
    NotUpdated,

    /// <summary>The server refuses the request as a whole.</summary>
    MethodError,

    /// <summary>Two bodies of one operation mean the same object.</summary>
    DuplicateMatchKey,

    /// <summary>A body lacks a property that objects are matched on.</summary>
    MissingMatchProperty,

    /// <summary>Several objects match a body.</summary>
    AmbiguousMatch,

    /// <summary>A body does not say which variant it is.</summary>
    MissingVariant,
}

/// <summary>What people would say is wrong, for rules that tell the cases apart.</summary>
internal enum PlanProblemCause
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>No JSON, or none that the tool reads.</summary>
    Syntax,

    /// <summary>An operation, object or field that does not exist.</summary>
    UnknownName,

    /// <summary>A value of the wrong type: an array for a set, a text for a number.</summary>
    WrongType,

    /// <summary>A word that is none of those allowed.</summary>
    UnknownWord,

    /// <summary>A number or a count out of range, or a required value missing.</summary>
    OutOfRange,

    /// <summary><c>null</c> where it cannot be.</summary>
    NullNotAllowed,

    /// <summary>A field that only a new object takes, or only the server writes.</summary>
    ReadOnly,

    /// <summary>A path that leads nowhere.</summary>
    Path,

    /// <summary>A network of less than 8 bits, or an address that is none.</summary>
    Network,

    /// <summary>An expression that does not compile where it is.</summary>
    Expression,

    /// <summary>Objects are not found, or more than one is.</summary>
    Matching,

    /// <summary>A reference.</summary>
    Reference,

    /// <summary>A singleton is not treated as one.</summary>
    Singleton,

    /// <summary>An older server or tool than the newest knows it not.</summary>
    Version,
}

/// <summary>Something that the server or its tool refuses.</summary>
/// <param name="Stage">When it is noticed.</param>
/// <param name="Kind">What it is called.</param>
/// <param name="Cause">What is wrong, for rules.</param>
/// <param name="Message">What is wrong, as a sentence in the user's words; ends with a full stop.</param>
/// <param name="Line">The line of the operation, counted from 1.</param>
/// <param name="Span">The characters to change.</param>
internal sealed record PlanProblem(PlanStage Stage, PlanProblemKind Kind, PlanProblemCause Cause, string Message, int Line, SourceSpan Span)
{
    /// <summary>The operation it belongs to; -1 where there is none.</summary>
    public int Operation { get; init; } = -1;

    /// <summary>What was probably meant, where a name or word is unknown.</summary>
    public string? Suggestion { get; init; }

    /// <summary>
    /// Whether the run comes to it. The first one ends the run; later ones are found all the same, as if the operations before
    /// them had run without the mistake.
    /// </summary>
    public bool IsReached { get; init; } = true;

    /// <summary>The name of a kind as the server and its tool spell it: <c>invalidPatch</c>.</summary>
    public static string NameOf(PlanProblemKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }
}
