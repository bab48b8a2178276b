namespace StalwartHardening.Plans;

/// <summary>
/// What <c>stalwart-cli apply</c> and the server make of a plan: destroys first and backwards, then writes in order, the
/// deletions owed by reconciles last and backwards, nothing after the first failure.
/// </summary>
internal sealed class PlanRun : IPatchReporter
{
    private readonly IReadOnlyList<PlanText> _texts;
    private readonly PlanRunOptions _options;
    private readonly bool _isDefault;
    private readonly List<PlanOperation> _operations = [];
    private readonly List<PlanProblem> _problems = [];
    private readonly List<PlanRemark> _notices = [];
    private readonly HashSet<(PlanRemarkKind, SourceSpan)> _noticed = [];
    private IReadOnlyList<PlanRemark>? _remarks;
    private readonly PlanState _state;
    private PlanState? _stopped;

    // Where a problem found right now belongs.
    private PlanOperation? _current;
    private bool _currentHasFailed;
    private bool _isRefused;
    private bool _isSnapshot;

    /// <summary>Whether the text says what is there instead of what is to be done.</summary>
    internal bool IsSnapshot => _isSnapshot;

    internal PlanRun(IReadOnlyList<PlanText> texts, PlanState start, PlanRunOptions options, bool isDefault = false)
    {
        _texts = texts;
        _state = start;
        _options = options;
        _isDefault = isDefault;
    }

    /// <summary>The operations, in text order.</summary>
    public IReadOnlyList<PlanOperation> Operations => _operations;

    /// <summary>What the server and its tool refuse, in the order in which it is found; the first that is reached ends the run.</summary>
    public IReadOnlyList<PlanProblem> Problems => _problems;

    /// <summary>What the plan does otherwise than it seems.</summary>
    public IReadOnlyList<PlanRemark> Remarks => _remarks ??= PlanRemarks.Find(this);

    /// <summary>The server after the run; where the run stops, in the state in which it stops.</summary>
    public PlanState State => _stopped ?? _state;

    /// <summary>Whether the tool reports success.</summary>
    public bool IsSuccess { get; private set; } = true;

    /// <summary>Whether what an operation leaves behind cannot be told.</summary>
    public bool IsStateUnknown { get; private set; }

    /// <summary>Whether statements of a template are in the plan: what they write is not known.</summary>
    public bool HasHiddenParts { get; private set; }

    /// <summary>What the tool counts: objects destroyed, created and updated.</summary>
    public (int Destroyed, int Created, int Updated) Done => (_destroyed, _created, _updated);

    private int _destroyed;
    private int _created;
    private int _updated;

    /// <summary>Runs a plan that is in one or several texts.</summary>
    /// <param name="texts">The texts, in the order in which they are applied.</param>
    /// <param name="options">What the server is, and how the tool is called.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static PlanRun Create(IReadOnlyList<PlanText> texts, PlanRunOptions options, CancellationToken cancellationToken = default)
    {
        var start = options.Server switch
        {
            PlanServerState.Existing => new PlanState { IsOpen = true },
            PlanServerState.RecoveryFirst => FactoryServer.BeforeBoot(),
            _ => FactoryServer.State.Fork(),
        };
        return ExecuteOn(start, texts, options, cancellationToken);
    }

    /// <summary>Runs a plan on a server in a known state, which is not changed.</summary>
    public static PlanRun Create(IReadOnlyList<PlanText> texts, PlanState start, PlanRunOptions options, CancellationToken cancellationToken = default) =>
        ExecuteOn(ReferenceEquals(start, FactoryServer.State) ? start.Fork() : start.Copy(), texts, options, cancellationToken);

    private static PlanRun ExecuteOn(PlanState own, IReadOnlyList<PlanText> texts, PlanRunOptions options, CancellationToken cancellationToken)
    {
        var run = new PlanRun(texts, own, options);
        run.Execute(cancellationToken);
        return run;
    }

    /// <summary>
    /// The server that a snapshot describes: everything in it, nothing else, nothing unknown. A server always has roles, so a snapshot
    /// that tells of none was taken of chosen types; the roles are then those of a first boot, unless nothing is to be assumed.
    /// </summary>
    public static PlanRun OfSnapshot(PlanText text, PlanRunOptions options, CancellationToken cancellationToken = default)
    {
        var start = FactoryServer.IsAboutRoles(text) ? new PlanState() : options.Server == PlanServerState.Existing ? FactoryServer.UnknownRoles() : FactoryServer.OnlyRoles();
        var run = new PlanRun([text], start, options with { Server = PlanServerState.Fresh, Restarts = false, ContinuesOnError = true }) { _isSnapshot = true };
        run.Execute(cancellationToken);
        return run;
    }

    /// <summary>The data store of a server's <c>config.json</c>; nothing else is known.</summary>
    public static PlanRun OfDataStore(PlanText text, PlanRunOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var type = PlanSchema.Instance.FindType("DataStore")!;
        var run = new PlanRun([text], new PlanState { IsOpen = true }, options);
        run._state.Of(type).IsOpen = false;
        foreach (var line in text.Lines)
        {
            var operation = new PlanOperation(text, line, run._operations.Count) { Verb = PlanVerb.Update, Type = type, ValueNode = line.Node };
            run._operations.Add(operation);
            run.Execute(operation, new PlanExecution(run, run._state, options, isDefault: false).Update);
        }

        return run;
    }

    /// <summary>What the running server asks of passwords.</summary>
    internal PasswordPolicy Passwords { get; private set; }

    /// <summary>Notes that the server reads its settings again.</summary>
    internal void Reload() => Passwords = PasswordPolicy.From(_state);

    internal void Execute(CancellationToken cancellationToken)
    {
        Reload();
        var first = 0;
        foreach (var text in _texts)
        {
            HasHiddenParts |= text.HasTemplateStatements;
            foreach (var line in text.Lines)
                _operations.Add(new PlanOperation(text, line, _operations.Count));
            ExecuteText(text, first, cancellationToken);
            first = _operations.Count;
        }

        if (_options.Server == PlanServerState.RecoveryFirst || _options.Restarts)
        {
            FactoryServer.Boot(_state);
            if (_stopped is not null)
                FactoryServer.Boot(_stopped);
        }
    }

    // Every text is applied by a call of its own: what it refers to are its own ids, and its destroys run first in it.
    private void ExecuteText(PlanText text, int first, CancellationToken cancellationToken)
    {
        // The tool reads line by line, and reports the first that it cannot read; then it resolves, then it looks at references.
        var reader = new PlanOperationReader(this, _options);
        var reported = 0;
        for (var i = first; i < _operations.Count; i++)
        {
            reported = ReportText(text, reported, _operations[i].Line);
            reader.ReadProperties(_operations[i]);
        }

        ReportText(text, reported, int.MaxValue);
        for (var i = first; i < _operations.Count; i++)
            reader.Resolve(_operations[i]);
        for (var i = first; i < _operations.Count; i++)
            reader.CheckReferences(_operations[i]);
        if (_isSnapshot)
            IsStateUnknown |= text.Problems.Any(problem => !PlanText.IsLayout(text.Text, problem.Span));
        else if (_isRefused && _stopped is null && !_options.Forgives)
            Stop();

        var execution = new PlanExecution(this, _state, _options, _isDefault);
        for (var i = _operations.Count - 1; i >= first; i--)
        {
            if (_operations[i] is { Verb: PlanVerb.Destroy, IsSound: true } destroy)
                Execute(destroy, execution.Destroy);
        }

        for (var i = first; i < _operations.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_operations[i] is not { Type: not null } operation || !(operation.IsSound || (_options.Forgives && operation is { IsClear: true, HasFailed: true })))
                continue;
            switch (operation.Verb)
            {
                case PlanVerb.Create:
                    Execute(operation, execution.Create);
                    break;
                case PlanVerb.Update:
                    Execute(operation, execution.Update);
                    break;
                case PlanVerb.Upsert or PlanVerb.Reconcile:
                    Execute(operation, execution.Upsert);
                    break;
            }
        }

        for (var i = execution.Owed.Count - 1; i >= 0; i--)
        {
            var (operation, owed) = execution.Owed[i];
            Execute(operation, _ => execution.DeleteUnlisted(operation, owed));
        }
    }

    private void Execute(PlanOperation operation, Action<PlanOperation> execute)
    {
        _current = operation;
        _currentHasFailed = false;
        if (_stopped is null)
            operation.HasRun = true;
        var isStopped = _stopped is not null;
        _counted = default;
        execute(operation);
        _current = null;
        if (isStopped || _currentHasFailed)
            return;
        _destroyed += _counted.Destroyed;
        _created += _counted.Created;
        _updated += _counted.Updated;
    }

    // What is wrong with the text as JSON refuses the whole plan.
    private int ReportText(PlanText text, int reported, int lastLine)
    {
        for (; reported < text.Problems.Count && text.Problems[reported].Line <= lastLine; reported++)
        {
            var problem = text.Problems[reported];
            Add(new PlanProblem(PlanStage.Plan, text.Text.Length > problem.Span.Start && text.Text[problem.Span.Start] == '[' ? PlanProblemKind.NotAnOperation : PlanProblemKind.InvalidJson, PlanProblemCause.Syntax, problem.Message, problem.Line, problem.Span)
            {
                IsReached = !_isRefused && _stopped is null,
            });
            _isRefused = true;
        }

        return reported;
    }

    internal void RefusePlan(PlanOperation operation, PlanProblemKind kind, PlanProblemCause cause, SourceSpan span, string message, string? suggestion)
    {
        Add(new PlanProblem(PlanStage.Plan, kind, cause, message, operation.Line, span)
        {
            Operation = operation.Index,
            Suggestion = suggestion,
            IsReached = !_isRefused && _stopped is null,
        });
        operation.HasFailed = true;
        _isRefused = true;
    }

    void IPatchReporter.Report(PlanProblemKind kind, PlanProblemCause cause, int node, bool onName, string message, string? suggestion) =>
        Fail(kind, cause, onName ? _current!.Json.NameSpan(node) : _current!.Json.Span(node), message, suggestion);

    void IPatchReporter.Notice(PlanRemarkKind kind, int node, string message)
    {
        var place = _current!.Json.NameSpan(node);
        if (_noticed.Add((kind, place)))
            _notices.Add(new PlanRemark(kind, message, _current.Index, place));
    }

    /// <summary>What the server was seen to make nothing of while values were written.</summary>
    internal IReadOnlyList<PlanRemark> Notices => _notices;

    /// <summary>Notes that the operation that runs right now fails.</summary>
    internal void Fail(PlanProblemKind kind, PlanProblemCause cause, SourceSpan span, string message, string? suggestion = null)
    {
        var operation = _current!;
        operation.HasFailed = true;
        Add(new PlanProblem(PlanStage.Apply, kind, cause, message, operation.Line, span)
        {
            Operation = operation.Index,
            Suggestion = suggestion,
            IsReached = _stopped is null && !_currentHasFailed,
        });
        _currentHasFailed = true;
    }

    /// <summary>Ends the operation that runs right now after it failed: without <c>--continue-on-error</c> the run stops here.</summary>
    internal void EndFailed()
    {
        if (_stopped is null && !_options.ContinuesOnError && !_options.Forgives)
            Stop();
    }

    internal void LoseState() => IsStateUnknown |= _stopped is null;

    /// <summary>What the server is before the run.</summary>
    internal PlanRunOptions Options => _options;

    /// <summary>Whether the run has come to its end already: what is found now is found for the reader's sake.</summary>
    internal bool IsStopped => _stopped is not null || _options.Forgives;

    /// <summary>Whether the run ends before the last operation has been reached.</summary>
    internal bool EndsEarly => _stopped is not null;

    /// <summary>Whether an object is kept although something in it would be refused.</summary>
    internal bool KeepsFailed => _isSnapshot || _options.Forgives;

    internal bool CurrentHasFailed => _currentHasFailed;

    // What a failed operation has done is not counted, although it stays done.
    internal void Count(int destroyed, int created, int updated)
    {
        // After it has failed it is carried on with for the reader's sake only.
        if (_stopped is null && destroyed + created + updated > 0 && _current is { } operation)
            operation.HasDoneSomething = true;
        _counted.Destroyed += destroyed;
        _counted.Created += created;
        _counted.Updated += updated;
    }

    private (int Destroyed, int Created, int Updated) _counted;

    private void Add(PlanProblem problem)
    {
        IsSuccess = false;
        _problems.Add(problem);
    }

    private void Stop() => _stopped = _state.Copy();
}
