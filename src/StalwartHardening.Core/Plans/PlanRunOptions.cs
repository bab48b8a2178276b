namespace StalwartHardening.Plans;

/// <summary>What the server is before the plan runs.</summary>
internal enum PlanServerState
{
    /// <summary>It has booted once: its default listeners, roles and ids are there and nothing else.</summary>
    Fresh,

    /// <summary>Nothing is known of it.</summary>
    Existing,

    /// <summary>The plan is applied in recovery mode before the first normal boot; what a run leaves behind is the server after that boot.</summary>
    RecoveryFirst,
}

/// <summary>An expression that an operation writes.</summary>
/// <param name="Type">The object it belongs to.</param>
/// <param name="Field">The field, as a path: <c>allowedEndpoints</c>.</param>
/// <param name="Expression">Its value, with <c>else</c> and the rules in <c>match</c>.</param>
internal readonly record struct PlanExpression(PlanType Type, string Field, PlanValue Expression)
{
    /// <summary>Rules that have been asked about before, and compile.</summary>
    internal HashSet<PlanValue>? Known { get; init; }
}

/// <summary>What does not compile in an expression.</summary>
/// <param name="Text">The text to blame: a rule's <c>if</c> or <c>then</c>, or <c>else</c>.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
internal sealed record PlanExpressionError(PlanValue Text, string Message);

/// <summary>How a run is to be made.</summary>
internal sealed record PlanRunOptions
{
    /// <summary>What the server is before the run.</summary>
    public PlanServerState Server { get; init; }

    /// <summary>Whether the tool goes on after an operation that fails (<c>--continue-on-error</c>).</summary>
    public bool ContinuesOnError { get; init; }

    /// <summary>Whether the server is restarted after the run.</summary>
    public bool Restarts { get; init; }

    /// <summary>Whether a text holds several plans that are applied one after the other, <see cref="PlanText.Separator"/> between them.</summary>
    public bool IsJoined { get; init; }

    /// <summary>The patch of server 0.16 that the plan is for.</summary>
    public int ServerPatch { get; init; } = ServerVersion.AnyPatch;

    /// <summary>The patch of the tool 1.0 that applies it; the newest where nobody said.</summary>
    public int ToolPatch { get; init; } = int.MaxValue;

    /// <summary>
    /// Whether what the server and its tool would refuse is taken as it was meant, as far as it can be understood: the run that
    /// follows once every mistake is repaired.
    /// </summary>
    internal bool Forgives { get; init; }

    /// <summary>
    /// Says what does not compile in an expression where it is; null where it compiles, or where nobody can tell. The
    /// expression language is not known here: the caller passes what knows it.
    /// </summary>
    public Func<PlanExpression, PlanExpressionError?>? FindExpressionError { get; init; }
}
