using System.Globalization;

namespace StalwartHardening.Plans;

/// <summary>Executes the operations of one text on a state.</summary>
internal sealed partial class PlanExecution : PlanReferences
{
    private readonly PlanRun _run;
    private readonly PlanState _state;
    private readonly PlanRunOptions _options;
    private readonly bool _isDefault;
    private readonly Dictionary<string, int> _clientIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanType> _clientTypes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failedIds = new(StringComparer.Ordinal);
    private readonly HashSet<int> _touched = [];
    private readonly PlanMatcher _matcher;
    private readonly PlanValidation _validation;

    public PlanExecution(PlanRun run, PlanState state, PlanRunOptions options, bool isDefault)
    {
        _run = run;
        _state = state;
        _options = options;
        _isDefault = isDefault;
        _matcher = new PlanMatcher(state);
        _validation = new PlanValidation(run, state, options);
    }

    /// <summary>What reconciles still have to delete: the ids they did not match.</summary>
    public List<(PlanOperation Operation, List<int> Ids)> Owed { get; } = [];

    public override StateObject? Resolve(string clientId) =>
        _clientIds.TryGetValue(clientId, out var id) ? _state.Of(_clientTypes[clientId]).Find(id) : null;

    public override StateObject? FindById(PlanType type, string id) => _state.Known(type)?.FindById(id) is { } found && (type.Variant is null || found.Type == type) ? found : null;

    // Actions are orders: the server stores none, so there are none to look for.
    private bool RefusesQuery(PlanOperation operation)
    {
        if (operation.Type!.Name != "Action")
            return false;
        _run.Fail(PlanProblemKind.MethodError, PlanProblemCause.Matching, operation.VerbSpan, "The server stores no actions, so none is found: give them with 'create'.");
        _run.EndFailed();
        return true;
    }

    private bool IsWiping(int index) => index >= 0 && _run.Operations[index].Verb is PlanVerb.Destroy or PlanVerb.Reconcile;

    public void Update(PlanOperation operation)
    {
        var type = operation.Type!;
        var json = operation.Json;
        if (operation.ValueNode < 0 || json.Kind(operation.ValueNode) != JsonKind.Object)
        {
            if (operation.ValueNode >= 0 && json.Kind(operation.ValueNode) == JsonKind.Placeholder)
                return;
            _run.Fail(PlanProblemKind.MethodError, PlanProblemCause.WrongType, operation.ValueNode < 0 ? operation.VerbSpan : json.Span(operation.ValueNode), "'value' must be an object of fields: the server gives up on anything else.");
            _run.LoseState();
            _run.EndFailed();
            return;
        }

        var target = type.Kind == PlanTypeKind.Singleton ? SingletonOf(type) ?? Unstored(type) : Target(operation, type);
        if (target is null)
        {
            if (_run.CurrentHasFailed)
                _run.EndFailed();
            return;
        }

        if (UpdateOne(operation, target, operation.ValueNode, isUpsert: false))
            _touched.Add(target.Id);
        else
            _run.EndFailed();
    }

    // A singleton that was never stored: its defaults, or where nothing is known, nothing.
    private StateObject Unstored(PlanType type)
    {
        if (_state.Known(type)?.Unstored is { } written)
            return written;
        var variant = type.HasVariants ? type.Variants[0] : type;
        var fields = new PlanValue?[variant.Fields.Count];
        var isOpen = _state.MayHoldMore(type);
        if (isOpen)
            Forget(fields);
        return new StateObject(variant, -1, "singleton", fields, -1, -1) { IsPartial = isOpen };
    }

    private static void Forget(PlanValue?[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
            fields[i] = PlanValue.Unknown;
    }

    private StateObject? Target(PlanOperation operation, PlanType type)
    {
        var json = operation.Json;
        var id = json.Value(operation.IdNode);
        if (json.IsUnknown(operation.IdNode))
            return null;
        if (id.Length > 1 && id[0] == '#')
        {
            if (Resolve(id.Substring(1)) is { } referred)
                return referred;
            if (!(_run.IsStopped && _failedIds.Contains(id.Substring(1))))
                _run.Fail(PlanProblemKind.UnresolvedReference, PlanProblemCause.Reference, json.Span(operation.IdNode), $"No operation before this one makes an object '{Display.Text(id)}'.");
            return null;
        }

        if (FindById(type, id) is { } found)
            return found;
        if (_state.MayHoldMore(type))
        {
            // Somebody else's object: only what is written here is known of it.
            var variant = type;
            if (type.HasVariants)
            {
                var node = json.Find(operation.ValueNode, "@type");
                variant = node >= 0 ? type.FindVariant(json.Value(node).AsSpan()) ?? type.Variants[0] : type.Variants[0];
            }

            var fields = new PlanValue?[variant.Fields.Count];
            Forget(fields);
            var stored = new StateObject(variant, NextId(), id, fields, -1, -1) { IsPartial = true };
            _state.Of(type).Add(stored);
            return stored;
        }

        if (ServerText.IsId(id))
            _run.Fail(PlanProblemKind.NotFound, PlanProblemCause.Reference, json.Span(operation.IdNode), $"There is no {type.Name} with the id '{Display.Text(id)}'.");
        else
            _run.Fail(PlanProblemKind.NotUpdated, PlanProblemCause.Reference, json.Span(operation.IdNode), $"'{Display.Text(id)}' is not an id: the server updates nothing.");
        return null;
    }

    private bool UpdateOne(PlanOperation operation, StateObject target, int body, bool isUpsert)
    {
        var json = operation.Json;
        var union = target.Type.Union;
        var type = target.Type;
        PlanValue?[] fields;
        var patch = new PlanPatch(json, this, _run) { IsCreate = false, SkipsServerSet = isUpsert, SkipsImmutable = isUpsert, Forgives = _options.Forgives };
        var variantNode = union is null || isUpsert ? -1 : json.Find(body, "@type");
        if (variantNode >= 0 && json.Kind(variantNode) == JsonKind.Text && !json.IsUnknown(variantNode) && !json.ValueIs(variantNode, type.Variant!))
        {
            // Another variant: everything of the old one goes.
            patch = new PlanPatch(json, this, _run) { IsCreate = true, Forgives = _options.Forgives };
            type = patch.VariantOf(union!, body);
            if (type is null)
                return false;
            fields = new PlanValue?[type.Fields.Count];
            patch.ApplyBody(type, fields, body);
            if (!patch.HasFailed && type.Name == "Account")
            {
                _run.Fail(PlanProblemKind.InvalidProperties, PlanProblemCause.ReadOnly, json.Span(variantNode), "The type of an existing account cannot be changed.");
                return false;
            }
        }
        else
        {
            fields = (PlanValue?[])target.Fields.Clone();
            patch.ApplyBody(type, fields, body);
        }

        if (patch.HasFailed && !_run.KeepsFailed)
            return false;
        if (isUpsert && !patch.HasWritten)
            return true;
        Renumber(fields);
        var known = _state.Of(type);
        if (type == target.Type && PlanValue.AreEqual(type, target.Fields, fields))
        {
            // Nothing is stored; what holds is now written somewhere all the same.
            var same = new StateObject(type, target.Id, target.ServerId, fields, target.CreatedBy, target.WrittenBy) { Span = target.Span, IsPartial = target.IsPartial, Factory = target.Factory };
            if (target.Id < 0)
                known.Unstored = same;
            else
                known.Replace(same);
            _run.Count(0, 0, 1);
            return true;
        }

        var id = target.Id < 0 ? NextId() : target.Id;
        var changed = new StateObject(type, id, target.ServerId, fields, target.CreatedBy, operation.Index)
        {
            Span = target.Span,
            IsPartial = target.IsPartial && type == target.Type,
            Factory = target.Factory,
        };
        // What was never stored was never checked; after a first boot the wizard has written what it asks for.
        var isChecked = target.Id >= 0 || _options.Server != PlanServerState.RecoveryFirst;
        if (!_run.KeepsFailed && !_validation.Accepts(changed, target.Id < 0 ? null : target, json, body, null, isChecked ? target : null))
            return false;
        if (target.Id < 0)
            known.Add(changed);
        else
            known.Replace(changed);
        if (type.Kind == PlanTypeKind.Singleton || !IsWiping(known.Responsible))
            known.Responsible = operation.Index;
        _run.Count(0, 0, 1);
        return true;
    }

    public void Upsert(PlanOperation operation)
    {
        var type = operation.Type!;
        var json = operation.Json;
        var known = _state.Of(type);
        if (operation.Verb == PlanVerb.Reconcile || known.Responsible < 0)
            known.Responsible = operation.Index;
        if (_run.IsSnapshot)
        {
            CreateAll(operation, operation.Bodies, isUpsert: true);
            return;
        }

        if (RefusesQuery(operation))
        {
            foreach (var (clientId, _) in operation.Bodies)
                _failedIds.Add(clientId);
            return;
        }

        var matches = _matcher.Match(operation, this, _run, _touched);
        if (matches is null)
        {
            foreach (var (clientId, _) in operation.Bodies)
                _failedIds.Add(clientId);
            if (_run.CurrentHasFailed)
                _run.EndFailed();
            return;
        }

        // All creates in one request, then one update after the other.
        List<(string, int)>? creates = null;
        for (var i = 0; i < operation.Bodies.Length; i++)
        {
            if (matches.Targets[i] < 0)
                (creates ??= []).Add(operation.Bodies[i]);
        }

        if (creates is not null)
        {
            if (known.IsOpen)
                MeetUnknown(operation, creates);
            else
                CreateAll(operation, creates, isUpsert: true);
            if (_run.CurrentHasFailed && !_run.IsStopped)
            {
                _run.EndFailed();
                if (!_run.IsStopped)
                    return;
            }
        }

        for (var i = 0; i < operation.Bodies.Length; i++)
        {
            if (matches.Targets[i] < 0 || known.Find(matches.Targets[i]) is not { } target)
                continue;
            var (clientId, body) = operation.Bodies[i];
            Declare(clientId, target);
            if (!UpdateOne(operation, target, body, isUpsert: true))
            {
                var wasStopped = _run.IsStopped;
                _run.EndFailed();
                if (!wasStopped && !_run.IsStopped)
                    return;
                continue;
            }

            _touched.Add(target.Id);
            _matcher.Remember(type, target, json, body, -1);
        }

        if (operation.Verb == PlanVerb.Reconcile)
            Owed.Add((operation, matches.Unlisted));
    }

    private StateObject? SingletonOf(PlanType type) => _state.Known(type) is { Objects.Count: > 0 } known ? known.Objects[0] : null;

    private void Declare(string clientId, StateObject target)
    {
        _clientIds[clientId] = target.Id;
        _clientTypes[clientId] = target.Type;
    }

    private int _lastId = -1;

    private int NextId()
    {
        if (_lastId < 0)
        {
            _lastId = _isDefault ? 1000 : 100_000;
            foreach (var type in _state.All)
            {
                foreach (var known in type.Objects)
                    _lastId = Math.Max(_lastId, known.Id);
            }
        }

        return ++_lastId;
    }

    // Only these count their ids; the others get ones that nobody can foresee.
    private static string ServerIdOf(PlanType type, TypeState known) => type.Name is "Role" or "Account" or "Domain" or "Tenant" or "MailingList"
        ? ServerText.Id(++known.LastNumber)
        : type.Kind == PlanTypeKind.Singleton ? "singleton" : "~" + (++known.LastNumber).ToString(CultureInfo.InvariantCulture);

    // Lists count from 0 once they are stored.
    private static void Renumber(PlanValue?[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i] is { Kind: PlanValueKind.List or PlanValueKind.Object } value)
                fields[i] = Renumber(value);
        }
    }

    private static PlanValue Renumber(PlanValue value)
    {
        if (value.Kind == PlanValueKind.List)
        {
            var ordered = value.Members!.InNumericOrder(renumber: true);
            return ReferenceEquals(ordered, value.Members) ? value : new PlanValue(PlanValueKind.List, ordered, value.Json, value.Node);
        }

        PlanValue?[]? changed = null;
        for (var i = 0; i < value.Fields!.Length; i++)
        {
            if (value.Fields[i] is { Kind: PlanValueKind.List or PlanValueKind.Object } inner && Renumber(inner) is var renumbered && !ReferenceEquals(renumbered, inner))
                (changed ??= (PlanValue?[])value.Fields.Clone())[i] = renumbered;
        }

        return changed is null ? value : new PlanValue(value.Type!, changed, value.Json, value.Node);
    }
}
