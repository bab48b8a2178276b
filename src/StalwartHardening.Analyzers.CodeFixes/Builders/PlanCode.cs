using System.Text;
using StalwartHardening.Plans;
using StalwartHardening.Programs;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Parts of a plan as C#, with the variables of the program for its objects; null for what a program cannot be given, such as a secret that it does not have.</summary>
internal sealed class PlanCode
{
    private readonly PlanPlaces _places;
    private readonly PlanSecrets _secrets = new();
    private readonly PlanValueCode _values;

    public PlanCode(PlanPlaces places)
    {
        _places = places;
        _values = new PlanValueCode(_secrets);
    }

    /// <summary>Finds the variables for objects that stay.</summary>
    public void Name(DraftPlan before, DraftPlan after)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var written in before.Operations.SelectMany(static operation => operation.Objects))
        {
            if (written.Name.Length > 0 && _places.VariableOf(written) is { } variable)
                variables[written.Name] = variable;
        }

        foreach (var written in after.Operations.SelectMany(static operation => operation.Objects))
        {
            if (variables.TryGetValue(written.Name, out var variable))
                _values.Variables[written] = variable;
        }
    }

    /// <summary>An operation that is added to a plan.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="receiver">What it is added to, with the dot.</param>
    public string? Operation(DraftOperation operation, string receiver)
    {
        if (operation.Json is not null || operation.MatchOn is not null || operation.Scope is not null || operation.Target is not null
            || operation.Objects.SelectMany(static written => written.Fields).Any(static field => field.Field is null) || !operation.Objects.All(CanSay))
            return null;
        var name = operation.Verb == PlanVerb.Destroy && operation.Objects.Count == 0 ? "DestroyAll" : operation.Verb.ToString();
        var type = operation.Objects.Count == 0 || operation.Objects.Select(static written => written.Type).Distinct().Count() > 1 ? $"<{ObjectNames.Type(operation.Type.Name)}>" : "";
        return Said(new ProgramCode(receiver + name + type) { Open = '(', Items = [.. operation.Objects.Select(written => _values.Create(written, ""))] });
    }

    /// <summary>An object.</summary>
    public string? Create(DraftObject written) => CanSay(written) ? Said(_values.Create(written, "")) : null;

    /// <summary>What a field is assigned.</summary>
    public string? Value(PlanField field, DraftValue value) => CanSay(value) ? Said(_values.Value(field, value, "")) : null;

    /// <summary>A member of a set or an element of a list.</summary>
    public string? Item(PlanField field, DraftValue item) =>
        item.Kind == DraftValueKind.Object ? Create(item.Object!) : CanSay(item) ? Said(new ProgramCode(_values.Single(field.Type.Scalar, field.Type.Name, item, ""))) : null;

    /// <summary>A value of a map.</summary>
    public string? MapValue(PlanField field, DraftValue value) =>
        value.Kind == DraftValueKind.Object ? Create(value.Object!) : CanSay(value) ? Said(new ProgramCode(_values.Single(field.Type.ValueScalar, field.Type.ValueName, value, ""))) : null;

    /// <summary>The second argument of <c>Set</c>.</summary>
    public string? Part(DraftField field) => CanSay(field.Value) ? Said(new ProgramCode(_values.Part(field.Value, field.Name, ""))) : null;

    private string? Said(ProgramCode code)
    {
        var text = new StringBuilder();
        code.Write(text, "", 1, static (_, _) => { });
        // A secret that the program would have to read from somewhere.
        return _secrets.Variables.Count == 0 ? text.ToString() : null;
    }

    private bool CanSay(DraftObject written) => written.Fields.All(field => CanSay(field.Value));

    private bool CanSay(DraftValue value) => value.Kind switch
    {
        DraftValueKind.Reference => _values.Variables.ContainsKey(value.Object!),
        DraftValueKind.Object => CanSay(value.Object!),
        DraftValueKind.Many => value.Items.All(CanSay),
        DraftValueKind.Map => value.Entries.All(entry => CanSay(entry.Key) && CanSay(entry.Value)),
        DraftValueKind.Unknown => false,
        _ => true,
    };
}
