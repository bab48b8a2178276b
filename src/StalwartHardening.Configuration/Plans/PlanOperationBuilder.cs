using System.Globalization;
using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Configuration.Objects;
using StalwartHardening.Plans;

namespace StalwartHardening.Configuration;

/// <summary>An operation of a plan, to say more about it.</summary>
public sealed class PlanOperationBuilder
{
    private readonly List<(string Path, DraftValue Value, CallSite Site)> _patches = [];

    internal PlanOperationBuilder(PlanVerb verb, PlanType type, IReadOnlyList<ServerValue> objects, CallSite site)
    {
        Verb = verb;
        Type = type;
        Objects = objects;
        Site = site;
    }

    internal PlanVerb Verb { get; }

    internal PlanType Type { get; }

    internal IReadOnlyList<ServerValue> Objects { get; }

    internal CallSite Site { get; }

    internal IReadOnlyList<string>? Properties { get; private set; }

    internal ServerValue? ScopeExample { get; private set; }

    internal ObjectReference? Target { get; init; }

    /// <summary>
    /// Says which properties tell whether an object of the server is the one that is meant, instead of what is usual for the type. A
    /// property is named as in the server (<c>name</c>) or in C# (<c>nameof(Account.Name)</c>); <c>@type</c> is the variant.
    /// </summary>
    /// <param name="properties">The properties.</param>
    /// <exception cref="ArgumentException">The objects have no such property.</exception>
    /// <exception cref="InvalidOperationException">The operation does not look for objects.</exception>
    [PlanOperation("matchOn")]
    public PlanOperationBuilder MatchOn(params string[] properties)
    {
        if (properties is null)
            throw new ArgumentNullException(nameof(properties));
        RequireMatching(nameof(MatchOn));
        if (properties.Length == 0)
            throw new ArgumentException("Objects are matched on at least one property.", nameof(properties));
        Properties = properties.Select(Property).ToList();
        return this;
    }

    /// <summary>
    /// Only objects that are like <paramref name="example"/> in every field it has are looked for, and only those are deleted by a
    /// reconcile.
    /// </summary>
    /// <param name="example">An object with the fields that count; plain ones only.</param>
    /// <exception cref="InvalidOperationException">The operation does not look for objects.</exception>
    [PlanOperation("scope")]
    public PlanOperationBuilder Within(ServerObject example)
    {
        if (example is null)
            throw new ArgumentNullException(nameof(example));
        RequireMatching(nameof(Within));
        if ((example.Type.Union ?? example.Type) != Type)
            throw new ArgumentException($"The operation is about {Type.Name}, the example is a {example.Type.Name}.", nameof(example));
        ScopeExample = example;
        return this;
    }

    /// <summary>Changes a part of a field and leaves the rest of it alone: <c>Set("services/smtp/cleartext", false)</c>.</summary>
    /// <param name="path">The field and the names below it, as a JSON pointer without its first slash.</param>
    /// <param name="value">The text; null takes the member away.</param>
    /// <exception cref="InvalidOperationException">The operation is no update.</exception>
    [PlanOperation("set")]
    public PlanOperationBuilder Set(string path, string? value) => Patch(path, value is null ? DraftValue.Null() : DraftValue.Text(value));

    /// <summary>Changes a part of a field and leaves the rest of it alone: <c>Set("bind/[::]:25", true)</c>.</summary>
    /// <param name="path">The field and the names below it, as a JSON pointer without its first slash.</param>
    /// <param name="value">The switch, or whether a set has this member.</param>
    /// <exception cref="InvalidOperationException">The operation is no update.</exception>
    [PlanOperation("set")]
    public PlanOperationBuilder Set(string path, bool value) => Patch(path, DraftValue.Literal(value ? "true" : "false"));

    /// <summary>Changes a part of a field and leaves the rest of it alone: <c>Set("quotas/maxDiskQuota", 1024)</c>.</summary>
    /// <param name="path">The field and the names below it, as a JSON pointer without its first slash.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">The operation is no update.</exception>
    [PlanOperation("set")]
    public PlanOperationBuilder Set(string path, long value) => Patch(path, DraftValue.Literal(value.ToString(CultureInfo.InvariantCulture)));

    internal DraftOperation ToDraft(DraftScribe scribe)
    {
        var objects = Objects.Select(written => Verb is PlanVerb.Destroy or PlanVerb.Update ? scribe.WriteExample(written) : scribe.Write(written)).ToList();
        foreach (var (path, value, site) in _patches)
            objects[0].Set(path, value, site);
        return new DraftOperation(Verb, Type, objects, Site)
        {
            MatchOn = Properties,
            Scope = ScopeExample is { } example ? scribe.WriteExample(example) : null,
            Target = Target is { } target ? scribe.Write(target) : null,
        };
    }

    private PlanOperationBuilder Patch(string path, DraftValue value)
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        if (Verb != PlanVerb.Update)
            throw new InvalidOperationException("Only an update changes parts of fields; other operations write objects.");
        var name = path.Split('/')[0];
        if (Type.FindField(name.AsSpan()) is null && !Type.Variants.Any(variant => variant.FindField(name.AsSpan()) is not null))
            throw new ArgumentException($"{Type.Name} has no field '{name}'.", nameof(path));
        _patches.Add((path, value, CallSite.Record(nameof(Set))));
        return this;
    }

    private void RequireMatching(string method)
    {
        if (Verb is not (PlanVerb.Upsert or PlanVerb.Reconcile))
            throw new InvalidOperationException($"{method} belongs to Upsert and Reconcile, which look for objects.");
    }

    private string Property(string name)
    {
        if (name is null)
            throw new ArgumentException("A property's name is null.", nameof(name));
        if (name is "@type" or "*" || Has(name))
            return name;
        var camel = name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);
        return Has(camel) ? camel : throw new ArgumentException($"{Type.Name} has no property '{name}'.", nameof(name));
    }

    private bool Has(string name) => Type.FindField(name.AsSpan()) is not null || Type.Variants.Any(variant => variant.FindField(name.AsSpan()) is not null);
}
