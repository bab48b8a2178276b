using System.Globalization;

namespace StalwartHardening.Plans;

/// <content>What is made: creates, and what an upsert does not find.</content>
internal sealed partial class PlanExecution
{
    public void Create(PlanOperation operation)
    {
        var type = operation.Type!;
        if (type.Name == "Action")
        {
            CreateAction(operation);
            return;
        }

        CreateAll(operation, operation.Bodies, isUpsert: false);
        if (_run.CurrentHasFailed)
            _run.EndFailed();
    }

    // Orders to the server itself: nothing is stored.
    private void CreateAction(PlanOperation operation)
    {
        foreach (var (_, body) in operation.Bodies)
        {
            var patch = new PlanPatch(operation.Json, this, _run);
            var variant = patch.VariantOf(operation.Type!, body);
            if (variant is not null)
                patch.ApplyBody(variant, new PlanValue?[variant.Fields.Count], body);
            if (patch.HasFailed)
                continue;
            _run.Count(0, 1, 0);
            if (variant?.Variant == "ReloadSettings")
                _run.Reload();
        }

        if (_run.CurrentHasFailed)
            _run.EndFailed();
    }

    // One request: good bodies are kept when others fail; a reference that leads nowhere fails all of them.
    private void CreateAll(PlanOperation operation, IReadOnlyList<(string ClientId, int Node)> bodies, bool isUpsert)
    {
        var type = operation.Type!;
        var json = operation.Json;
        var order = new PlanReferenceScan(json, this).Order(type, bodies, out var unresolved, out var inBody);
        if (unresolved >= 0)
        {
            FailReference(json, unresolved);
            if (!_options.Forgives)
            {
                foreach (var (clientId, _) in bodies)
                    _failedIds.Add(clientId);
                return;
            }

            order = [.. Enumerable.Range(0, bodies.Count)];
        }

        foreach (var place in order)
        {
            var (clientId, body) = bodies[place];
            if (CreateOne(operation, type, clientId, body, isUpsert) is { } created)
            {
                Declare(clientId, created);
                _touched.Add(created.Id);
                if (type.Kind == PlanTypeKind.Object)
                    _matcher.Remember(type, created, json, body, isUpsert ? operation.ScopeNode : -1);
            }
            else
            {
                _failedIds.Add(clientId);
            }
        }
    }

    private void FailReference(JsonText json, int node)
    {
        var id = json.Value(node);

        // Where the run has stopped before, an id whose operation failed is nothing new.
        if (_run.IsStopped && _failedIds.Contains(id.TrimStart('#')))
            return;
        _run.Fail(PlanProblemKind.MethodError, PlanProblemCause.Reference, json.Span(node), $"No operation before this one makes an object '{Display.Text(id)}'.");
    }

    private StateObject? CreateOne(PlanOperation operation, PlanType type, string clientId, int body, bool isUpsert)
    {
        var json = operation.Json;
        if (json.Kind(body) != JsonKind.Object)
        {
            if (json.Kind(body) == JsonKind.Placeholder)
                return null;
            _run.Fail(PlanProblemKind.MethodError, PlanProblemCause.WrongType, json.Span(body), $"The body of '{Display.Text(clientId)}' must be an object.");
            _run.LoseState();
            return null;
        }

        var patch = new PlanPatch(json, this, _run) { IsCreate = true, SkipsServerSet = isUpsert, KeepsNames = _run.IsSnapshot, Forgives = _options.Forgives };
        var variant = type;
        if (type.HasVariants)
        {
            variant = patch.VariantOf(type, isUpsert ? Typed(operation, body) : body);
            if (variant is null)
                return null;
        }

        var fields = new PlanValue?[variant.Fields.Count];
        patch.ApplyBody(variant, fields, body);
        if (isUpsert && operation.ScopeNode >= 0)
            FillFromScope(patch, json, variant, fields, body, operation.ScopeNode);
        if (patch.HasFailed && !_run.KeepsFailed)
            return null;
        Renumber(fields);
        var old = type.Kind == PlanTypeKind.Singleton ? SingletonOf(type) : null;
        var known = _state.Of(type);
        var id = old?.Id ?? NextId();
        var created = new StateObject(variant, id, old?.ServerId ?? ServerIdOf(type, known), fields, _isDefault ? -1 : operation.Index, _isDefault ? -1 : operation.Index)
        {
            Span = json.IsDefault ? null : json.MemberSpan(body),
            IsPartial = false,
        };
        if (!_isDefault && !_run.KeepsFailed && !_validation.Accepts(created, old, json, body, clientId))
            return null;
        if (old is not null)
            known.Replace(created);
        else
            known.Add(created);
        if (known.Responsible < 0 || !IsWiping(known.Responsible))
            known.Responsible = operation.Index;
        _run.Count(0, 1, 0);
        return created;
    }

    // Where the variant of a body is said: the operation's scope says it for bodies that do not.
    private static int Typed(PlanOperation operation, int body) =>
        operation.ScopeNode >= 0 && operation.Json.Find(body, "@type") < 0 && operation.Json.Find(operation.ScopeNode, "@type") >= 0 ? operation.ScopeNode : body;

    private static void FillFromScope(PlanPatch patch, JsonText json, PlanType variant, PlanValue?[] fields, int body, int scope)
    {
        for (int member = JsonText.First(scope), end = json.End(scope); member < end; member = json.Next(member))
        {
            var name = json.Name(member);
            if (json.Find(body, name) < 0 && variant.FindField(name.AsSpan()) is { } field)
                fields[field.Ordinal] = patch.Apply(field, fields[field.Ordinal] ?? field.Default, member);
        }
    }

    // On a server that nobody knows an upsert may meet an object: only what it writes is known of it afterwards.
    private void MeetUnknown(PlanOperation operation, List<(string ClientId, int Node)> bodies)
    {
        var type = operation.Type!;
        var json = operation.Json;
        foreach (var (clientId, body) in bodies)
        {
            var variant = type;
            var patch = new PlanPatch(json, this, _run) { IsCreate = true, MayBeStored = true, SkipsServerSet = true, Forgives = _options.Forgives };
            if (json.Kind(body) != JsonKind.Object || (type.HasVariants && (variant = patch.VariantOf(type, Typed(operation, body))) is null))
            {
                _failedIds.Add(clientId);
                continue;
            }

            var fields = new PlanValue?[variant.Fields.Count];
            Forget(fields);
            patch.ApplyBody(variant, fields, body);
            if (operation.ScopeNode >= 0)
                FillFromScope(patch, json, variant, fields, body, operation.ScopeNode);
            if (patch.HasFailed && !_run.KeepsFailed)
            {
                _failedIds.Add(clientId);
                continue;
            }

            Renumber(fields);
            var id = NextId();
            var met = new StateObject(variant, id, "~" + id.ToString(CultureInfo.InvariantCulture), fields, operation.Index, operation.Index) { Span = json.MemberSpan(body), IsPartial = true };
            if (!_run.KeepsFailed && !_validation.Accepts(met, null, json, body, clientId))
            {
                _failedIds.Add(clientId);
                continue;
            }

            _state.Of(type).Add(met);
            Declare(clientId, met);
            _touched.Add(id);
            _matcher.Remember(type, met, json, body, operation.ScopeNode);
        }
    }
}
