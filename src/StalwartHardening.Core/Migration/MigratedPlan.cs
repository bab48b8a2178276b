using System.Globalization;
using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>A plan while it is put together: its operations, and the objects that others refer to.</summary>
internal sealed class MigratedPlan
{
    // What others refer to comes first; who listens comes last, so that a run that stops before has opened nothing.
    private static readonly string[] s_first =
    [
        "Domain", "Certificate", "AcmeProvider", "BlobStore", "InMemoryStore", "SearchStore", "Coordinator", "Directory", "Account", "DkimSignature", "SystemSettings", "MtaVirtualQueue",
    ];

    private static readonly string[] s_last = ["AllowedIp", "BlockedIp", "Http", "NetworkListener", "Action"];

    private readonly PlanSchema _schema = PlanSchema.Instance;
    private readonly List<DraftOperation> _operations = [];
    private readonly HashSet<string> _clientIds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Family, string Id), DraftBody> _objects = [];
    private readonly Dictionary<string, DraftBody> _domains = new(StringComparer.Ordinal);

    /// <summary>The first operation of a verb for a type that looks for nothing; a new one where there is none.</summary>
    public DraftOperation OperationFor(string verb, PlanType type, IReadOnlyList<string> match)
    {
        var operation = _operations.Find(operation => operation.Verb == verb && operation.Type == type && operation.Filter is null);
        if (operation is null)
            _operations.Add(operation = new DraftOperation(verb, type, [.. match]));
        return operation;
    }

    /// <summary>An operation of its own: bodies of one operation cannot refer to each other.</summary>
    public DraftOperation Begin(string verb, PlanType type, params string[] match)
    {
        var operation = new DraftOperation(verb, type, match);
        _operations.Add(operation);
        return operation;
    }

    /// <summary>Begins to replace all objects of a type: once, by an operation that removes them.</summary>
    public void RemoveAll(PlanType type)
    {
        if (!_operations.Exists(operation => operation.Verb == "destroy" && operation.Type == type))
            _operations.Add(new DraftOperation("destroy", type) { Filter = "{}" });
    }

    /// <summary>An id for an object that is told from all others of the plan.</summary>
    public string ClientId(PlanType type, string name)
    {
        var id = type.Name.ToLowerInvariant() + "-" + name;
        for (var number = 2; !_clientIds.Add(id); number++)
            id = type.Name.ToLowerInvariant() + "-" + name + "-" + number.ToString(CultureInfo.InvariantCulture);
        return id;
    }

    /// <summary>The body of a singleton's update.</summary>
    public DraftBody Singleton(string name)
    {
        var type = _schema.FindObject(name.AsSpan())!;
        var operation = OperationFor("update", type, []);
        if (operation.Bodies.Count == 0)
            operation.Bodies.Add(new DraftBody("", DraftValue.Object(type)));
        return operation.Bodies[0];
    }

    /// <summary>Whether an object of a type has a value in a field, as JSON.</summary>
    public bool Exists(PlanType type, string field, string? literal) =>
        _operations.Exists(operation => operation.Type == type && operation.Bodies.Exists(other => other.Value.Find(field)?.Literal == literal));

    /// <summary>Remembers what was made of an object of the file.</summary>
    /// <param name="family">The pattern of its row.</param>
    /// <param name="id">Its name in the file.</param>
    /// <param name="body">The object.</param>
    public void Remember(string family, string id, DraftBody body) => _objects[(family, id)] = body;

    /// <summary>What was made of an object of the file; null where that is nothing.</summary>
    public DraftBody? Find(string family, string id) => _objects.TryGetValue((family, id), out var body) ? body : null;

    /// <summary>What was made of all objects of a row.</summary>
    public IEnumerable<DraftBody> AllOf(string family) => _objects.Where(entry => entry.Key.Family == family).Select(static entry => entry.Value);

    /// <summary>The object of a domain, which others refer to.</summary>
    public DraftBody Domain(string name)
    {
        name = name.ToLowerInvariant();
        if (_domains.TryGetValue(name, out var known))
            return known;
        var type = _schema.FindObject("Domain".AsSpan())!;
        var body = new DraftBody(ClientId(type, name), DraftValue.Object(type));
        body.Value.Set("name", DraftValue.Text(name));
        _domains.Add(name, body);
        OperationFor("upsert", type, ["name"]).Bodies.Add(body);
        return body;
    }

    /// <summary>A reference to an object of the plan.</summary>
    public static DraftValue RefersTo(DraftBody target, IEnumerable<SourceValue> sources)
    {
        var reference = DraftValue.Text("#" + target.ClientId);
        reference.Sources.AddRange(sources.Select(static source => source.Index));
        return reference;
    }

    /// <summary>The operations in the order in which they run, without those that say nothing, and the one that makes the server read them.</summary>
    public List<DraftOperation> Finish()
    {
        _operations.RemoveAll(static operation => operation.Verb == "update" && operation.Bodies[0].Value is { Members.Count: 0, Variant: null });
        var action = _schema.FindObject("Action".AsSpan())!;
        var reload = new DraftBody("reload", DraftValue.Object(action));
        reload.Value.Variant = action.FindVariant("ReloadSettings".AsSpan());
        OperationFor("create", action, []).Bodies.Add(reload);
        return [.. _operations.OrderBy(static operation => operation.Verb == "destroy" ? 0 : 1).ThenBy(Rank).ThenBy(static operation => operation.Type.Name, StringComparer.Ordinal)];
    }

    private static int Rank(DraftOperation operation) =>
        Array.IndexOf(s_first, operation.Type.Name) is >= 0 and var first ? first
        : Array.IndexOf(s_last, operation.Type.Name) is >= 0 and var last ? 1000 + last
        : operation.Type.Kind == PlanTypeKind.Object ? 100 : 200;
}
