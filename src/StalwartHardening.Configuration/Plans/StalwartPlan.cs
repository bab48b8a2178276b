using System.Reflection;
using System.Text;
using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Configuration.Objects;
using StalwartHardening.Plans;

namespace StalwartHardening.Configuration;

/// <summary>
/// A plan for servers from 0.16 on: what <c>stalwart-cli apply</c> is to make of a server, as operations on typed objects. Objects
/// refer to each other by the C# object; operations are put in an order in which every object is there before another one needs it.
/// </summary>
/// <example>
/// <code>
/// var plan = new StalwartPlan();
/// plan.Reconcile(
///     new NetworkListener { Name = "smtp", Bind = ["[::]:25"], Protocol = NetworkListenerProtocol.Smtp },
///     new NetworkListener { Name = "imaps", Bind = ["[::]:993"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true });
/// plan.Update(new Http { EnableHsts = true });
/// plan.WritePlan("plan.ndjson");
/// </code>
/// </example>
[SettingsBuilder]
public sealed class StalwartPlan
{
    private readonly List<Func<DraftScribe, DraftOperation>> _written = [];

    /// <summary>Begins a plan without operations.</summary>
    [CreatesServer]
    public StalwartPlan()
    {
    }

    /// <summary>Changes the objects of the server that match, and makes the others. What the server has besides stays.</summary>
    /// <typeparam name="T">The objects' type; the union where they are different variants.</typeparam>
    /// <param name="objects">The objects.</param>
    /// <exception cref="ArgumentException">There is no object, one of them is null, or they are of different types.</exception>
    [PlanOperation("upsert")]
    public PlanOperationBuilder Upsert<T>(params T[] objects)
        where T : ServerObject => Add<T>(PlanVerb.Upsert, objects, nameof(Upsert), mayBeEmpty: false);

    /// <summary>As <see cref="Upsert{T}"/>; then deletes every other object of the type, the defaults of a new server among them. Without objects it deletes all.</summary>
    /// <typeparam name="T">The objects' type; the union where they are different variants.</typeparam>
    /// <param name="objects">The objects that stay.</param>
    /// <exception cref="ArgumentException">One of the objects is null, or they are of different types.</exception>
    [PlanOperation("reconcile")]
    public PlanOperationBuilder Reconcile<T>(params T[] objects)
        where T : ServerObject => Add<T>(PlanVerb.Reconcile, objects, nameof(Reconcile), mayBeEmpty: true);

    /// <summary>Makes new objects. A plan that is applied twice makes them twice, or fails: for what happens once, as <see cref="ServerAction"/>.</summary>
    /// <typeparam name="T">The objects' type; the union where they are different variants.</typeparam>
    /// <param name="objects">The objects.</param>
    /// <exception cref="ArgumentException">There is no object, one of them is null, or they are of different types.</exception>
    [PlanOperation("create")]
    public PlanOperationBuilder Create<T>(params T[] objects)
        where T : ServerObject => Add<T>(PlanVerb.Create, objects, nameof(Create), mayBeEmpty: false);

    /// <summary>Changes settings that a server has once: what was assigned replaces what it has, the rest stays.</summary>
    /// <param name="settings">The settings.</param>
    [PlanOperation("update")]
    public PlanOperationBuilder Update(ServerSingleton settings)
    {
        if (settings is null)
            throw new ArgumentNullException(nameof(settings));
        return Add(new PlanOperationBuilder(PlanVerb.Update, settings.Type.Union ?? settings.Type, [settings], CallSite.Record(nameof(Update))));
    }

    /// <summary>Changes one object: what was assigned replaces what it has, the rest stays.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="target">The object: one of the plan, or one that the server has (<see cref="ObjectReference.FromId{T}"/>).</param>
    /// <param name="changes">What is to be changed.</param>
    [PlanOperation("update")]
    public PlanOperationBuilder Update<T>(ObjectReference<T> target, T changes)
        where T : ServerObject
    {
        if (target is null)
            throw new ArgumentNullException(nameof(target));
        if (changes is null)
            throw new ArgumentNullException(nameof(changes));
        if (ReferenceEquals(target.Target, changes))
            throw new ArgumentException("The changes are an object of their own, with only the fields that change.", nameof(changes));
        return Add(new PlanOperationBuilder(PlanVerb.Update, changes.Type.Union ?? changes.Type, [changes], CallSite.Record(nameof(Update))) { Target = target });
    }

    /// <summary>Deletes the objects that are like an example in every field it has. Destroys run before everything else, wherever they are.</summary>
    /// <param name="example">An object with the fields that count; only those that the server can look objects up by, usually its name.</param>
    /// <exception cref="ArgumentException">The example has no field: that would be all (<see cref="DestroyAll{T}"/>).</exception>
    [PlanOperation("destroy")]
    public PlanOperationBuilder Destroy(ServerObject example)
    {
        if (example is null)
            throw new ArgumentNullException(nameof(example));
        if (example.Fields.Count == 0 && example.Type.Variant is null)
            throw new ArgumentException($"The example sets nothing, so every {example.Type.Name} is like it. To delete them all, call DestroyAll.", nameof(example));
        return Add(new PlanOperationBuilder(PlanVerb.Destroy, example.Type.Union ?? example.Type, [example], CallSite.Record(nameof(Destroy))));
    }

    /// <summary>Deletes every object of a type. Destroys run before everything else, wherever they are.</summary>
    /// <typeparam name="T">The type.</typeparam>
    [PlanOperation("destroy")]
    public PlanOperationBuilder DestroyAll<T>()
        where T : ServerObject => Add(new PlanOperationBuilder(PlanVerb.Destroy, TypeOf<T>(), [], CallSite.Record(nameof(DestroyAll))));

    /// <summary>
    /// Adds an operation as it is written in JSON, for what typed objects cannot say. It may refer to objects of the plan by the ids that the
    /// plan gives them (<c>#domain-example-org</c>); C# references do not lead to its objects.
    /// </summary>
    /// <param name="json">One operation: <c>{"@type":"update","object":"Http","value":{…}}</c>.</param>
    /// <exception cref="ArgumentException">The text is not one JSON object.</exception>
    [PlanOperation("operation")]
    public void AddOperation([System.Diagnostics.CodeAnalysis.StringSyntax("json")] string json)
    {
        if (json is null)
            throw new ArgumentNullException(nameof(json));
        var draft = DraftOperation.Verbatim(json, CallSite.Record(nameof(AddOperation)));
        if (!draft.IsOneObject)
            throw new ArgumentException("An operation is one JSON object.", nameof(json));
        _written.Add(_ => draft);
    }

    /// <summary>The plan as text: JSON, one operation a line.</summary>
    /// <exception cref="InvalidServerException">Every server would refuse it.</exception>
    public string ToNdjson()
    {
        var written = Checked();
        BuildReport.Current?.Add(JudgeWith, null);
        return written.Text;
    }

    /// <summary>Writes the plan, whole or not at all: readers see the old file until the new one is complete.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="InvalidServerException">Every server would refuse it.</exception>
    public void WritePlan(string path) => WritePlan(path, ConfigurationFileMode.Default);

    /// <summary>Writes the plan, whole or not at all, with permissions of its own from the first moment on.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="mode">Who may read and write it, on Unix: <see cref="ConfigurationFileMode.Owner"/> for a plan with secrets. Windows ignores it.</param>
    /// <exception cref="InvalidServerException">Every server would refuse it.</exception>
    public void WritePlan(string path, ConfigurationFileMode mode)
    {
        var bytes = Encode();
        BuildReport.Current?.Add(JudgeWith, path);
        AtomicFile.Write(path, bytes, mode);
    }

    /// <summary>Writes the plan to a stream, as UTF-8 without a byte order mark; the stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="InvalidServerException">Every server would refuse it.</exception>
    public void WritePlan(Stream stream)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        var bytes = Encode();
        BuildReport.Current?.Add(JudgeWith, null);
        stream.Write(bytes, 0, bytes.Length);
    }

    /// <summary>Writes the plan as text; the writer stays open. Write UTF-8: the tool reads nothing else.</summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="InvalidServerException">Every server would refuse it.</exception>
    public void WritePlan(TextWriter writer)
    {
        if (writer is null)
            throw new ArgumentNullException(nameof(writer));
        writer.Write(ToNdjson());
    }

    /// <summary>Writes the plan, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Gives up; the old file stays as it is.</param>
    /// <exception cref="InvalidServerException">Every server would refuse it.</exception>
    public Task WritePlanAsync(string path, CancellationToken cancellationToken = default)
    {
        var bytes = Encode();
        BuildReport.Current?.Add(JudgeWith, path);
        return AtomicFile.WriteAsync(path, bytes, ConfigurationFileMode.Default, cancellationToken);
    }

    /// <summary>
    /// What is wrong with the server that the plan leaves behind, as it was really put together. Each finding names what wrote the
    /// setting, with its file and line where the program has debugging symbols.
    /// </summary>
    /// <param name="options">How to judge; null for the newest server, new and with its defaults, warnings only.</param>
    public ServerFindings Judge(JudgementOptions? options = null)
    {
        options ??= new JudgementOptions();
        return PlanJudge.Judge(Write(), options, options.MinimumSeverity);
    }

    internal IEnumerable<(ServerFinding Finding, Severity Severity)> JudgeWith(Rules.HardeningOptions options) => PlanJudge.Judge(Write(), options);

    internal DraftText Write()
    {
        var scribe = new DraftScribe();
        var draft = new DraftPlan();
        foreach (var write in _written)
            draft.Add(write(scribe));
        return draft.Write();
    }

    private DraftText Checked()
    {
        var written = Write();
        if (PlanCheck.Find(written) is { Count: > 0 } problems)
            throw new InvalidServerException(problems, []);
        return written;
    }

    private byte[] Encode() => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(Checked().Text);

    private PlanOperationBuilder Add<T>(PlanVerb verb, T[] objects, string method, bool mayBeEmpty)
        where T : ServerObject
    {
        if (objects is null)
            throw new ArgumentNullException(nameof(objects));
        if (objects.Length == 0 && !mayBeEmpty)
            throw new ArgumentException($"There is no object to {char.ToLowerInvariant(method[0])}{method.Substring(1)}.", nameof(objects));
        var type = objects.Length == 0 || objects[0] is not { } first ? TypeOf<T>() : first.Type.Union ?? first.Type;
        foreach (var written in objects)
        {
            if (written is null)
                throw new ArgumentException("One of the objects is null.", nameof(objects));
            if ((written.Type.Union ?? written.Type) != type)
                throw new ArgumentException($"One operation writes objects of one type; a {written.Type.Name} is not a {type.Name}.", nameof(objects));
        }

        return Add(new PlanOperationBuilder(verb, type, [.. objects], CallSite.Record(method)));
    }

    private PlanOperationBuilder Add(PlanOperationBuilder operation)
    {
        _written.Add(operation.ToDraft);
        return operation;
    }

    private static PlanType TypeOf<T>() =>
        typeof(T).GetCustomAttribute<PlanObjectAttribute>() is { } annotation
            ? PlanSchema.Instance.FindType(annotation.Type)!
            : throw new ArgumentException($"{typeof(T).Name} is not a type of the server: name one that is, such as NetworkListener.", nameof(T));
}
