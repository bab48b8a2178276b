namespace StalwartHardening.Plans;

/// <summary>
/// A plan that has been read and run: the server after the run as a stream of settings, <c>NetworkListener/imap/bind/[::]:143</c>,
/// each with the place it was written at. What a default has no place for is at the operation that should have ended it.
/// </summary>
internal sealed class PlanReading
{
    private readonly (StateObject Owner, PlanValue Value)[] _values;
    private Dictionary<string, int>? _places;
    private bool _isOnKnownServer;

    private PlanReading(IReadOnlyList<PlanText> texts, PlanTextKind kind, PlanRun run, SettingsDocument document, (StateObject, PlanValue)[] values)
    {
        Texts = texts;
        Kind = kind;
        Run = run;
        Document = document;
        _values = values;
    }

    /// <summary>The texts, in the order in which they are applied.</summary>
    public IReadOnlyList<PlanText> Texts { get; }

    /// <summary>What the texts are.</summary>
    public PlanTextKind Kind { get; }

    /// <summary>Whether there is one string to write changes into: that of the only text, or of all.</summary>
    internal bool IsOneString => Texts.Count > 0 && Texts.All(text => ReferenceEquals(text.Text, Texts[0].Text));

    /// <summary>The run.</summary>
    public PlanRun Run { get; }

    /// <summary>The server after the run, as settings.</summary>
    public SettingsDocument Document { get; }

    /// <summary>Reads and runs a plan that is in one text, or several that are joined in one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What the server is, and how the tool is called.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static PlanReading Read(string text, PlanRunOptions options, CancellationToken cancellationToken = default) =>
        Read(options.IsJoined ? PlanText.ReadJoined(text, cancellationToken) : [PlanText.Read(text, 0, cancellationToken)], options, cancellationToken);

    /// <summary>Runs texts that have been read, one after the other.</summary>
    public static PlanReading Read(IReadOnlyList<PlanText> texts, PlanRunOptions options, CancellationToken cancellationToken = default)
    {
        // Several texts are applied, whatever each of them could be alone.
        var kind = texts.Count switch
        {
            0 => PlanTextKind.NotOurs,
            1 => PlanIdentification.Of(texts[0]),
            _ => texts.Any(static text => PlanIdentification.Of(text) != PlanTextKind.NotOurs) ? PlanTextKind.Plan : PlanTextKind.NotOurs,
        };
        var run = kind switch
        {
            PlanTextKind.Snapshot when texts.Count == 1 => PlanRun.OfSnapshot(texts[0], options, cancellationToken),
            PlanTextKind.DataStore when texts.Count == 1 => PlanRun.OfDataStore(texts[0], options, cancellationToken),
            _ => PlanRun.Create(texts, options, cancellationToken),
        };
        return Of(texts, kind, run, options);
    }

    /// <summary>Runs texts on a server in a known state, which is not changed.</summary>
    internal static PlanReading ReadOn(PlanState start, IReadOnlyList<PlanText> texts, PlanRunOptions options, CancellationToken cancellationToken)
    {
        var reading = Of(texts, PlanTextKind.Plan, PlanRun.Create(texts, start.Detach(), options, cancellationToken), options);
        reading._isOnKnownServer = true;
        return reading;
    }

    private static PlanReading Of(IReadOnlyList<PlanText> texts, PlanTextKind kind, PlanRun run, PlanRunOptions options)
    {
        var writer = new PlanSettings(run);
        var document = writer.Write(texts, new ServerVersion(16, options.ServerPatch));
        var reading = new PlanReading(texts, kind, run, document, writer.Values);
        document.Origin = reading;
        return reading;
    }

    /// <summary>
    /// The run that follows once every mistake in the texts is repaired; null where this run gets to its end, and where it began on a
    /// server that no text describes. What a mistake means is taken from what is written, and is unknown where that says nothing.
    /// </summary>
    internal PlanReading? Forgive() =>
        Run.EndsEarly && Kind == PlanTextKind.Plan && !_isOnKnownServer ? Read(Texts, Run.Options with { Forgives = true }) : null;

    /// <summary>Whether <paramref name="place"/> is in an operation that this run does not carry out.</summary>
    internal bool IsLeftOut(SourceSpan place)
    {
        foreach (var operation in Run.Operations)
        {
            if (operation.Span.Contains(place))
                return operation.HasFailed || !operation.HasRun;
        }

        return false;
    }

    /// <summary>The object and the value that a setting of <see cref="Document"/> comes from.</summary>
    public bool TryGetValue(string key, out StateObject owner, out PlanValue value)
    {
        if (_places is null)
        {
            var places = new Dictionary<string, int>(Document.Count, StringComparer.Ordinal);
            var settings = Document.InTextOrder;
            for (var i = 0; i < settings.Length; i++)
                places[settings[i].Key] = i;
            _places = places;
        }

        var found = _places.TryGetValue(key, out var place);
        (owner, value) = found ? _values[place] : default;
        return found;
    }

    /// <summary>The value that the setting at <paramref name="position"/> in text order comes from.</summary>
    internal PlanValue ValueAt(int position) => _values[position].Value;

    /// <summary>Whether a setting is a default that the plan has left as it was: it has no place of its own, and changing it takes a new operation.</summary>
    public bool IsSurvivingDefault(string key) => TryGetValue(key, out _, out var value) && !value.IsWritten;

    /// <summary>The operation that wrote a setting, or that should have ended the default that it is; null where there is none.</summary>
    public PlanOperation? OperationOf(string key)
    {
        if (!TryGetValue(key, out var owner, out var value))
            return null;
        var index = value.Json is { IsDefault: false } json ? OperationAt(json, value.Node) : Run.State.ResponsibleFor(owner.Type);
        return index >= 0 ? Run.Operations[index] : null;
    }

    private int OperationAt(JsonText json, int node)
    {
        foreach (var operation in Run.Operations)
        {
            if (operation.Json == json && node >= operation.Node && node < json.End(operation.Node))
                return operation.Index;
        }

        return -1;
    }
}
