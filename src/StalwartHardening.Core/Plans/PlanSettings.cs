using System.Globalization;

namespace StalwartHardening.Plans;

/// <summary>
/// Writes a state as settings. Values that equal the type's defaults are left out unless somebody wrote them; what a first boot
/// makes is written. Slashes and tildes inside of a name become <c>~1</c> and <c>~0</c>, as in JSON pointers.
/// </summary>
internal sealed class PlanSettings
{
    private readonly PlanRun _run;
    private (StateObject, PlanValue)[] _values = new (StateObject, PlanValue)[256];
    private readonly List<string> _open = [];
    private Setting[] _settings = new Setting[256];
    private int _count;
    private SourceSpan _place;
    private StateObject _owner = null!;

    // Whether defaults are written out, too.
    private readonly bool _isWhole;

    public PlanSettings(PlanRun run) => _run = run;

    private PlanSettings(PlanRun run, bool isWhole)
        : this(run) => _isWhole = isWhole;

    /// <summary>Everything that a run leaves behind, every default included, and whether somebody wrote it.</summary>
    public static IEnumerable<(string Key, string Text, bool IsWritten)> WriteAll(PlanRun run)
    {
        var settings = new PlanSettings(run, isWhole: true);
        foreach (var type in run.State.Types)
            settings.WriteType(run.State, type);
        for (var i = 0; i < settings._count; i++)
            yield return (settings._settings[i].Key, settings._settings[i].Value, settings._values[i].Item2.IsWritten);
    }

    /// <summary>What holds of a singleton that was never stored.</summary>
    public static IEnumerable<(string Key, string Text)> WriteDefaults(PlanRun run, PlanType type)
    {
        var settings = new PlanSettings(run, isWhole: true);
        var stored = type.HasVariants ? type.Variants[0] : type;
        if (stored.Variant is { } variant)
            settings.Add(type.Name + "/@type", variant, PlanValue.Null);
        settings.WriteFields(type.Name + "/", stored, new PlanValue?[stored.Fields.Count]);
        for (var i = 0; i < settings._count; i++)
            yield return (settings._settings[i].Key, settings._settings[i].Value);
    }

    /// <summary>What each setting comes from, in the order of the settings; the rest is empty.</summary>
    public (StateObject, PlanValue)[] Values => _values;

    public SettingsDocument Write(IReadOnlyList<PlanText> texts, ServerVersion version)
    {
        var state = _run.State;
        var schema = PlanSchema.Instance;
        foreach (var type in state.TypesHolding)
            WriteType(state, type);
        if (state.IsOpen || _run.HasHiddenParts)
        {
            foreach (var name in schema.TypeNames)
            {
                if (schema.FindObject(name.AsSpan()) is { } type && (_run.HasHiddenParts || state.MayHoldMore(type)))
                    _open.Add(name + "/");
            }
        }

        return new SettingsDocument(_settings, _count, version)
        {
            Text = texts.Count > 0 && texts.All(text => ReferenceEquals(text.Text, texts[0].Text)) ? texts[0].Text : null,
            OpenPrefixes = _open,
            IsComplete = !_run.HasHiddenParts && !_run.IsStateUnknown,
            CountBeforeFirstProblem = _count,
        };
    }

    // A run that stops, or never begins, leaves a default open that an operation it does not come to would have ended.
    private int WouldEnd(PlanType type)
    {
        var written = -1;
        for (var i = _run.Operations.Count - 1; i >= 0; i--)
        {
            if (_run.Operations[i] is not { Type: { } about } operation || about.Index != type.Index)
                continue;
            if (operation.Verb is PlanVerb.Destroy or PlanVerb.Reconcile)
                return i;
            written = i;
        }

        return written;
    }

    private void WriteType(PlanState state, PlanType type)
    {
        // A default is where it should have been ended; where nothing is said of its type, at the beginning.
        var responsible = _run.EndsEarly && WouldEnd(type) is >= 0 and var later ? later : state.ResponsibleFor(type);
        var operation = responsible >= 0 ? _run.Operations[responsible] : _run.Operations.Count > 0 ? _run.Operations[0] : null;
        _place = operation?.ObjectSpan ?? new SourceSpan(0, 0);
        var objects = state.Objects(type) is { Count: 0 } && state.Holding(type) is { } holding ? [holding] : state.Objects(type);
        var names = objects.Count > 1 ? new Dictionary<string, int>(StringComparer.Ordinal) : null;
        foreach (var known in objects)
        {
            _owner = known;
            if (!_isWhole && known.WrittenBy < 0 && known.CreatedBy < 0 && ReferenceEquals(known.Factory?.Fields, known.Fields) && names?.ContainsKey(known.Label ?? "") != true)
            {
                WriteFactory(known, type);
                if (known.Label is { } label)
                    names?.Add(label, 1);
                continue;
            }

            var prefix = type.Name + "/";
            if (type.Kind == PlanTypeKind.Object)
            {
                var name = Escape(known.Label ?? known.ServerId);
                if (names is not null)
                {
                    // Names need not be unique: the second is followed by ~~2, which no escaped name holds.
                    names[name] = names.TryGetValue(name, out var earlier) ? earlier + 1 : 1;
                    if (earlier > 0)
                        name += "~~" + (earlier + 1).ToString(CultureInfo.InvariantCulture);
                }

                prefix += name + "/";
            }

            if (known.Type.Variant is { } variant)
                Add(prefix + "@type", variant, VariantValue(known));
            WriteFields(prefix, known.Type, known.Fields);
        }
    }

    // What a first boot makes is always the same; only its place differs.
    private void WriteFactory(StateObject known, PlanType type)
    {
        if (known.Factory!.Settings is not { } settings)
        {
            var start = _count;
            var prefix = type.Kind == PlanTypeKind.Object ? type.Name + "/" + Escape(known.Label ?? known.ServerId) + "/" : type.Name + "/";
            if (known.Type.Variant is { } variant)
                Add(prefix + "@type", variant, PlanValue.Null);
            WriteFields(prefix, known.Type, known.Fields);
            settings = new (string, string, PlanValue)[_count - start];
            for (var i = 0; i < settings.Length; i++)
                settings[i] = (_settings[start + i].Key, _settings[start + i].Value, _values[start + i].Item2);
            known.Factory.Settings = settings;
            return;
        }

        foreach (var (key, text, value) in settings)
            Add(key, text, value);
    }

    private void WriteFields(string prefix, PlanType type, PlanValue?[] fields)
    {
        var isOpen = false;
        for (var i = 0; i < fields.Length; i++)
        {
            if ((fields[i] ?? (_isWhole ? type.Fields[i].Default : null)) is not { } value)
                continue;
            if (ReferenceEquals(value, PlanValue.Unknown))
                isOpen = true;
            else
                Write(prefix + type.Fields[i].Name, type.Fields[i], value);
        }

        if (isOpen)
            _open.Add(prefix);
    }

    private void Write(string key, PlanField field, PlanValue value)
    {
        switch (value.Kind)
        {
            case PlanValueKind.Null:
                Add(key, "null", value);
                break;
            case PlanValueKind.Reference:
                Add(key, value.Target is { } target ? target.Type.Name + "/" + Escape(target.Label ?? target.ServerId) : value.Content, value);
                break;
            case PlanValueKind.Set:
                WriteSet(key, field, value);
                break;
            case PlanValueKind.List or PlanValueKind.Map:
                WriteMembers(key, field, value);
                break;
            case PlanValueKind.Object:
                if (value.Type!.Variant is { } variant)
                    Add(key + "/@type", variant, VariantValue(value));
                WriteFields(key + "/", value.Type, value.Fields!);
                break;
            case PlanValueKind.Unknown:
                Add(key, value.Content.Length > 0 ? value.Content : UnknownText, value);
                break;
            case PlanValueKind.Boolean:
                Add(key, value.IsTrue ? "true" : "false", value);
                break;
            default:
                Add(key, value.Content, value);
                break;
        }
    }

    private const string UnknownText = "\uFFFC";

    // An administrator's role holds hundreds of permissions by default: nobody wants to read them.
    private void WriteSet(string key, PlanField field, PlanValue value)
    {
        var members = value.Members!;
        if (!_isWhole && members.Count == 0 && (value.IsWritten || field.Default.Members is { Count: > 0 }) && !members.MayHoldMore)
            Add(key, "{}", value);
        if (members.MayHoldMore)
            _open.Add(key + "/");
        if (!_isWhole && !value.IsWritten && field.Enum is { Name: "Permission" })
            return;
        for (var i = 0; i < members.Count; i++)
        {
            var member = members[i].Value;
            var name = member.Kind == PlanValueKind.Reference ? member.Target!.Label ?? member.Target.ServerId : members[i].Key;
            Add(key + "/" + Escape(name), member.Kind == PlanValueKind.Unknown ? UnknownText : "true", member, isMember: true);
        }
    }

    private void WriteMembers(string key, PlanField field, PlanValue value)
    {
        var members = value.Members!;
        if (!_isWhole && members.Count == 0 && (value.IsWritten || field.Default.Members is { Count: > 0 }) && !members.MayHoldMore)
            Add(key, "{}", value);
        if (members.MayHoldMore)
            _open.Add(key + "/");
        for (var i = 0; i < members.Count; i++)
            Write(key + "/" + Escape(members[i].Key), field, members[i].Value);
    }

    // The value of @type, where somebody wrote it.
    private static PlanValue VariantValue(PlanValue value) =>
        value is { Json: { IsDefault: false } json, Node: >= 0 } && json.Find(value.Node, "@type") is >= 0 and var node ? new PlanValue(PlanValueKind.Text, json, node) : value;

    private PlanValue VariantValue(StateObject known)
    {
        if (known.Span is { } span && known.CreatedBy >= 0 && _run.Operations[known.CreatedBy] is { } operation)
        {
            foreach (var (_, body) in operation.Bodies)
            {
                if (operation.Json.Span(body).End == span.End && operation.Json.Find(body, "@type") is >= 0 and var node)
                    return new PlanValue(PlanValueKind.Text, operation.Json, node);
            }
        }

        return PlanValue.Null;
    }

    private void Add(string key, string text, PlanValue value, bool isMember = false)
    {
        if (_count == _settings.Length)
        {
            Array.Resize(ref _settings, _count * 2);
            Array.Resize(ref _values, _count * 2);
        }

        _values[_count] = (_owner, value);
        var nameSpan = value.NameSpan ?? _place;
        _settings[_count++] = new Setting(key, text, nameSpan, isMember ? nameSpan : value.Span ?? _place);
    }

    private static string Escape(string name) => name.IndexOf('~') < 0 && name.IndexOf('/') < 0 ? name : name.Replace("~", "~0").Replace("/", "~1");
}
