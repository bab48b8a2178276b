using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>An object of a plan's server, or a part of one, as its settings show it.</summary>
/// <param name="Server">The server.</param>
/// <param name="Prefix">What the keys of its fields begin with: <c>MtaMilter/filter.example.org/</c>.</param>
/// <param name="Owner">The object itself.</param>
internal readonly record struct PlanElement(PlanServer Server, string Prefix, StateObject Owner)
{
    /// <summary>What people call it, as it may be shown.</summary>
    public string Name => Display.Text(Owner.Label ?? Owner.ServerId);

    /// <summary>The objects of a type, in the order of their keys.</summary>
    public static IEnumerable<PlanElement> Of(PlanServer server, string type)
    {
        var prefix = PlanKey.PrefixOf(type);
        var all = server.Document.StartingWith(prefix);
        if (all.Count == 0)
            yield break;
        var isSingleton = PlanSchema.Instance.FindObject(type.AsSpan())?.Kind == PlanTypeKind.Singleton;
        for (var i = 0; i < all.Count;)
        {
            var key = all[i].Key;
            var own = isSingleton ? prefix : PlanKey.PrefixOfObject(key, prefix);
            if (server.Reading.TryGetValue(key, out var owner, out _))
                yield return new PlanElement(server, own, owner);
            while (i < all.Count && PlanKey.HasPrefix(all[i].Key, own))
                i++;
            if (i < all.Count && all[i].Key == key)
                i++;
        }
    }

    /// <summary>The text of a field that somebody wrote and everybody knows; null elsewhere.</summary>
    public Setting? Written(string field) => Written(Server, Prefix + field);

    /// <summary>The setting <paramref name="key"/>, if somebody wrote it and its value is known.</summary>
    public static Setting? Written(PlanServer server, string key) =>
        server.Find(key) is { } setting && server.Reading.TryGetValue(key, out _, out var value) && value is { IsWritten: true, IsUnknown: false } ? setting : null;

    /// <summary>A switch among the fields.</summary>
    public BooleanSetting Switch(string field, bool fallback = false)
    {
        var key = Prefix + field;
        return Server.Find(key) is { } setting
            ? BooleanSetting.From(setting, fallback, Server.Features, MacroStage.Everything)
            : BooleanSetting.NotSet(Server.Document.MayBeElsewhere(Prefix.AsSpan(), field) ? null : fallback, key, key.Length, "");
    }

    /// <summary>The variant that its object, or a part of it, is of; null where nobody knows.</summary>
    public string? VariantOf(string field = "") => Server.Find(Prefix + (field.Length == 0 ? "@type" : PlanKey.Join(field, "@type"))) is { } setting && !Macros.HasUnknownPart(setting.Value) ? setting.Value : null;

    /// <summary>The one outcome of a field that holds an expression, where no condition decides; null elsewhere.</summary>
    public Setting? Constant(string field) =>
        Owner[field] is { Kind: PlanValueKind.Object } expression && expression["match"] is { Members: { Count: 0, MayHoldMore: false } } ? Written(PlanKey.Join(field, "else")) : null;
}
