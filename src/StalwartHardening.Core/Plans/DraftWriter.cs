using System.Globalization;
using System.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Plans;

/// <summary>Writes the operations of a plan that was put together, and notes which characters are whose.</summary>
/// <param name="ids">What the objects are called.</param>
/// <param name="hasHiddenParts">Whether objects that are referred to may be written by operations that are not here.</param>
/// <param name="problems">Where impossible things are told.</param>
internal sealed class DraftWriter(Dictionary<DraftObject, string> ids, bool hasHiddenParts, List<DraftProblem> problems)
{
    // Secrets as the programs say them; plans have objects for them.
    private const string FromEnvironment = "%{env:";
    private const string FromFile = "%{file:";
    private const string SecretEnd = "}%";

    private readonly StringBuilder _json = new();
    private readonly List<(int, int, object)> _places = [];
    private object? _origin;
    private int _unknown;

    public DraftText ToText() => new(_json.ToString(), _places, problems);

    public void Write(DraftOperation operation)
    {
        var start = _json.Length;
        _origin = operation.Origin;
        if (operation.Json is { } json)
        {
            _json.Append(json);
            Note(start, operation.Origin);
            _json.Append('\n');
            return;
        }

        _json.Append("{\"@type\":");
        PlanJson.AppendText(_json, Name(operation.Verb));
        _json.Append(",\"object\":");
        PlanJson.AppendText(_json, operation.Type.Name);
        switch (operation.Verb)
        {
            case PlanVerb.Destroy:
                if (operation.Objects.Count > 0)
                    AppendPlain("value", operation.Objects[0]);
                break;
            case PlanVerb.Update:
                if (operation.Target is { } target)
                {
                    _json.Append(",\"id\":");
                    AppendValue(null, target);
                }

                foreach (var patch in operation.Objects)
                {
                    _json.Append(",\"value\":");
                    AppendObject(patch, operation.Type.HasVariants);
                }

                break;
            default:
                AppendBodies(operation);
                break;
        }

        _json.Append('}');
        Note(start, operation.Origin);
        _json.Append('\n');
    }

    // The reader takes it for a statement of a template, which may write anything.
    public void WriteHidden() => _json.Append("{% unknown %}\n");

    private void AppendBodies(DraftOperation operation)
    {
        if (operation.Verb != PlanVerb.Create && operation.Objects.Count > 0)
            AppendMatchOn(operation);
        if (operation.Scope is { } scope)
            AppendPlain("scope", scope);
        _json.Append(",\"value\":{");
        for (var i = 0; i < operation.Objects.Count; i++)
        {
            var written = operation.Objects[i];
            if (i > 0)
                _json.Append(',');
            var start = _json.Length;
            PlanJson.AppendText(_json, ids.TryGetValue(written, out var id) ? id : "");
            _json.Append(':');
            AppendObject(written, operation.Type.HasVariants);
            Note(start, written.Origin);
        }

        _json.Append('}');
    }

    private void AppendMatchOn(DraftOperation operation)
    {
        if (operation.MatchOn is ["*"])
        {
            _json.Append(",\"matchOn\":\"*\"");
            return;
        }

        if ((operation.MatchOn ?? DraftMatching.Of(operation)) is not { } properties)
        {
            problems.Add(new DraftProblem($"Nothing tells one {operation.Type.Name} from another: name the properties that do (MatchOn).", operation.Origin));
            return;
        }

        _json.Append(",\"matchOn\":[");
        for (var i = 0; i < properties.Count; i++)
        {
            if (i > 0)
                _json.Append(',');
            PlanJson.AppendText(_json, properties[i]);
        }

        _json.Append(']');
    }

    private void AppendPlain(string name, DraftObject fields)
    {
        _json.Append(",\"").Append(name).Append("\":");
        AppendObject(fields, fields.Type.Variant is not null);
    }

    private void AppendObject(DraftObject written, bool hasVariants)
    {
        var start = _json.Length;
        _json.Append('{');
        if (hasVariants && written.Type.Variant is { } variant)
        {
            _json.Append("\"@type\":");
            PlanJson.AppendText(_json, variant);
        }

        foreach (var field in written.Fields)
        {
            if (_json[_json.Length - 1] != '{')
                _json.Append(',');
            var place = _json.Length;
            _origin = field.Origin ?? written.Origin ?? _origin;
            PlanJson.AppendText(_json, field.Name);
            _json.Append(':');
            AppendValue(field.Field, field.Value);
            Note(place, field.Origin);
        }

        _json.Append('}');
        Note(start, written.Origin);
    }

    private void AppendValue(PlanField? field, DraftValue value)
    {
        var start = _json.Length;
        switch (value.Kind)
        {
            case DraftValueKind.Unknown:
                AppendUnknown();
                break;
            case DraftValueKind.Null when field?.ValueType is { HasVariants: true } union && union.Variants[0].Variant is "None" && !field.IsNullable:
                _json.Append("{\"@type\":\"None\"}");
                break;
            case DraftValueKind.Null:
                _json.Append("null");
                break;
            case DraftValueKind.Literal:
                _json.Append(value.Content);
                break;
            case DraftValueKind.Reference:
                AppendReference(value);
                break;
            case DraftValueKind.Text when field?.Type is { Shape: PlanShape.Object, Name: { } name }:
                AppendShort(name, value.Content);
                break;
            case DraftValueKind.Text:
                AppendText(value.Content);
                break;
            case DraftValueKind.Object:
                AppendObject(value.Object!, hasVariants: true);
                break;
            case DraftValueKind.Many when field?.Type.Shape == PlanShape.List:
                AppendList(value);
                break;
            case DraftValueKind.Many:
                AppendSet(value);
                break;
            default:
                AppendMap(value);
                break;
        }

        Note(start, value.Origin);
    }

    // An object that programs say as one text.
    private void AppendShort(string type, string text)
    {
        if (type == "Expression")
        {
            // Rules that the server has from before would stay if nothing were said of them.
            _json.Append("{\"match\":{},\"else\":");
            AppendText(text);
            _json.Append('}');
            return;
        }

        var isFile = text.StartsWith(FromFile, StringComparison.Ordinal);
        if ((isFile || text.StartsWith(FromEnvironment, StringComparison.Ordinal)) && text.EndsWith(SecretEnd, StringComparison.Ordinal))
        {
            var prefix = isFile ? FromFile : FromEnvironment;
            _json.Append(isFile ? "{\"@type\":\"File\",\"filePath\":" : "{\"@type\":\"EnvironmentVariable\",\"variableName\":");
            AppendText(text.Substring(prefix.Length, text.Length - prefix.Length - SecretEnd.Length));
        }
        else
        {
            _json.Append(type.StartsWith("SecretText", StringComparison.Ordinal) ? "{\"@type\":\"Text\",\"secret\":" : "{\"@type\":\"Value\",\"secret\":");
            AppendText(text);
        }

        _json.Append('}');
    }

    private void AppendSet(DraftValue value)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        _json.Append('{');
        foreach (var item in value.Items)
        {
            var start = _json.Length;
            var isFirst = _json[start - 1] == '{';
            if (!isFirst)
                _json.Append(',');
            AppendName(item);

            // The same member twice is the same set.
            if (!members.Add(_json.ToString(isFirst ? start : start + 1, _json.Length - start - (isFirst ? 0 : 1))))
            {
                _json.Length = start;
                continue;
            }

            _json.Append(":true");
            Note(start, item.Origin);
        }

        _json.Append('}');
    }

    private void AppendList(DraftValue value)
    {
        _json.Append('{');
        for (var i = 0; i < value.Items.Count; i++)
        {
            if (i > 0)
                _json.Append(',');
            var start = _json.Length;
            _json.Append('"').Append(i.ToString(CultureInfo.InvariantCulture)).Append("\":");
            AppendValue(null, value.Items[i]);
            Note(start, value.Items[i].Origin);
        }

        _json.Append('}');
    }

    private void AppendMap(DraftValue value)
    {
        _json.Append('{');
        for (var i = 0; i < value.Entries.Count; i++)
        {
            if (i > 0)
                _json.Append(',');
            var start = _json.Length;
            AppendName(value.Entries[i].Key);
            _json.Append(':');
            AppendValue(null, value.Entries[i].Value);
            Note(start, value.Entries[i].Key.Origin);
        }

        _json.Append('}');
    }

    private void AppendName(DraftValue value)
    {
        if (value.Kind == DraftValueKind.Reference)
            AppendReference(value);
        else if (value.Kind == DraftValueKind.Unknown)
            AppendText(Setting.UnknownPart.ToString());
        else
            AppendText(value.Content);
    }

    private void AppendReference(DraftValue value)
    {
        if (value.Kind != DraftValueKind.Reference)
            AppendText(value.Kind == DraftValueKind.Unknown ? Setting.UnknownPart.ToString() : value.Content);
        else if (ids.TryGetValue(value.Object!, out var id))
            PlanJson.AppendText(_json, "#" + id);
        else
            Missing(value);
    }

    private void Missing(DraftValue value)
    {
        if (hasHiddenParts)
        {
            AppendText(Setting.UnknownPart.ToString());
            return;
        }

        var target = value.Object!;
        var label = target.Type.Label.Length > 0 && target.Find(target.Type.Label) is { Kind: DraftValueKind.Text } text ? " '" + text.Content + "'" : "";
        problems.Add(new DraftProblem($"The {target.Type.Name}{label} that is referred to is not in this plan: upsert, reconcile or create it there, too, or name it by the id that the server gave it.", value.Origin ?? _origin));
        _json.Append("\"\"");
    }

    private void AppendUnknown() => _json.Append("{{ unknown").Append((++_unknown).ToString(CultureInfo.InvariantCulture)).Append(" }}");

    private void AppendText(string text)
    {
        if (text.IndexOf(Setting.UnknownPart) < 0)
        {
            if (HasLoneSurrogate(text))
                problems.Add(new DraftProblem("A text holds half a character (a lone surrogate), which no file can hold.", _origin));
            PlanJson.AppendText(_json, text);
            return;
        }

        _json.Append('"');
        var parts = text.Split(Setting.UnknownPart);
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
                AppendUnknown();
            var start = _json.Length;
            PlanJson.AppendText(_json, parts[i]);
            _json.Remove(start, 1).Length--;
        }

        _json.Append('"');
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    private void Note(int start, object? origin)
    {
        if (origin is not null)
            _places.Add((start, _json.Length, origin));
    }

    private static string Name(PlanVerb verb) => verb switch
    {
        PlanVerb.Create => "create",
        PlanVerb.Update => "update",
        PlanVerb.Upsert => "upsert",
        PlanVerb.Reconcile => "reconcile",
        _ => "destroy",
    };
}
