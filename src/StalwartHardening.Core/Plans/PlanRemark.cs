namespace StalwartHardening.Plans;

/// <summary>What a plan does that it does not say.</summary>
internal enum PlanRemarkKind
{
    /// <summary>Objects are matched on all their single values: a body that leaves one out matches nothing.</summary>
    MatchesOnValues,

    /// <summary>The server spells the key otherwise than the body: the next run does not find the object again.</summary>
    KeyIsRespelled,

    /// <summary>A set is matched on, and it is written as something else: it never matches.</summary>
    KeyNeverMatches,

    /// <summary>A create fails when the plan is run again.</summary>
    CreateRepeats,

    /// <summary>Rules of an expression that are not written may be there and stay.</summary>
    MatchMaySurvive,

    /// <summary>A new singleton's body replaces the stored one, fields left out included.</summary>
    CreateReplacesSingleton,

    /// <summary>A destroy that is written after other operations runs before them.</summary>
    DestroyRunsFirst,

    /// <summary>No listener is left: the defaults come back when the server is started again.</summary>
    DefaultsComeBack,

    /// <summary>Roles or authentication are written before the first boot: the default role ids stay empty.</summary>
    DefaultIdsStayEmpty,

    /// <summary>A role is made before the first boot: the built-in roles are not, and the default role ids stay empty.</summary>
    BuiltInRolesMissing,

    /// <summary>A variant that takes no fields has some.</summary>
    IgnoredByVariant,

    /// <summary>One name is written twice in an object.</summary>
    WrittenTwice,

    /// <summary>Changes wait for a reload or a restart that the plan does not ask for.</summary>
    NoReload,
}

/// <summary>Something that the plan does otherwise than it seems.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">What happens, as a sentence.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Span">The characters it is about.</param>
internal sealed record PlanRemark(PlanRemarkKind Kind, string Message, int Operation, SourceSpan Span);
