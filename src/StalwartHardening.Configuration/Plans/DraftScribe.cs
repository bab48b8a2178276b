using System.Collections;
using System.Globalization;
using StalwartHardening.Configuration.Objects;
using StalwartHardening.Plans;

namespace StalwartHardening.Configuration;

/// <summary>Turns objects of the program into those of a plan's draft: each once, so that references lead to the same one.</summary>
internal sealed class DraftScribe
{
    private readonly Dictionary<ServerObject, DraftObject> _known = [];

    /// <summary>The object as a plan writes it, as it is now.</summary>
    public DraftObject Write(ServerValue value)
    {
        if (value is ServerObject known)
        {
            if (!_known.TryGetValue(known, out var whole))
                _known.Add(known, whole = new DraftObject(value.Type, value.Site));
            return Fill(whole, value);
        }

        return Fill(new DraftObject(value.Type, value.Site), value);
    }

    /// <summary>An object that stands for others which are like it: it is none of those that can be referred to.</summary>
    public DraftObject WriteExample(ServerValue value) => Fill(new DraftObject(value.Type, value.Site), value);

    /// <summary>Another object, or the id that the server gave it.</summary>
    public DraftValue Write(ObjectReference reference)
    {
        if (reference.Target is not { } target)
            return DraftValue.Text(reference.Id!);
        if (!_known.TryGetValue(target, out var known))
            _known.Add(target, known = new DraftObject(target.Type, target.Site));
        if (known.Fields.Count == 0)
            Fill(known, target);
        return DraftValue.Reference(known);
    }

    private DraftObject Fill(DraftObject draft, ServerValue value)
    {
        foreach (var field in value.Fields)
        {
            if (draft.Find(field.Name) is null)
                draft.Set(field.Name, Value(field.Written, value.Type.FindField(field.Name.AsSpan())), field.Site);
        }

        return draft;
    }

    private DraftValue Value(object? value, PlanField? field) => value switch
    {
        null => DraftValue.Null(),
        string text => DraftValue.Text(text),
        bool truth => DraftValue.Literal(truth ? "true" : "false"),
        long number => DraftValue.Literal(number.ToString(CultureInfo.InvariantCulture)),
        double number => DraftValue.Literal(DraftValue.Json(number)),
        TimeSpan duration => DraftValue.Literal((duration.Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture)),
        DateTimeOffset time => DraftValue.Text(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        Secret secret => DraftValue.Text(secret.Text),
        ObjectReference reference => Write(reference),
        ServerValue inner => DraftValue.From(Write(inner), inner.Site),
        IEnumerable<KeyValuePair<object?, object?>> entries => DraftValue.Map(entries.Select(entry => new KeyValuePair<DraftValue, DraftValue>(Value(entry.Key, null), Value(entry.Value, null))).ToList()),
        IEnumerable many => DraftValue.Many(many.Cast<object?>().Select(item => Value(item, field)).ToList()),
        _ => throw new InvalidOperationException($"{value.GetType()} is not a value of a plan."),
    };
}
