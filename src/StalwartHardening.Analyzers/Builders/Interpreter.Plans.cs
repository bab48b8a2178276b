using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Migration;
using StalwartHardening.Plans;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

// Operations on typed objects.
internal sealed partial class Interpreter
{
    private Located ApplyToPlan(string verb, Value target, IMethodSymbol method, IOperation call, Arguments arguments)
    {
        switch (verb, target)
        {
            case ("matchOn", OperationValue operation):
                if (arguments.First is { } properties)
                    operation.Call.MatchOn = TextsOf(properties.Value.Value, null).ToTexts();
                return Located.Of(operation);
            case ("scope", OperationValue operation):
                operation.Call.Scope = arguments.First?.Value;
                return Located.Of(operation);
            case ("set", OperationValue operation):
                Patch(operation.Call, arguments, call);
                return Located.Of(operation);
            case ("operation", BuilderValue verbatim):
                var json = arguments.First is { } text ? TextsOf(text.Value.Value, null) : SettingTexts.None;
                verbatim.Server.Operations.Add(new PlanCall(PlanVerb.None, null, [], arguments.First?.Span ?? sources.NameOf(call)) { Json = json is [var one] ? one.Text : "" });
                return Located.Of(verbatim);
            case (_, BuilderValue plan):
                var added = Operation(VerbOf(verb), method, call, arguments);
                plan.Server.Operations.Add(added);
                return Located.Of(new OperationValue(plan.Server, added));
            default:
                return Fresh(method.ReturnType);
        }
    }

    // Rules that a delegate adds to a builder of their own; the expression says the same.
    private Located AccessRules(IOperation call, Arguments arguments)
    {
        var rules = new ServerDraft(isComplete: true);
        var builder = Located.Of(new BuilderValue(rules, TypedAccessRules.Family));
        var outer = _callSyntax;
        _callSyntax = call.Syntax;
        if (arguments.First?.Value.Value is FunctionValue function)
            Call(function, [builder]);
        else
            rules.Open("");
        _callSyntax = outer;
        var text = rules.IsComplete && PlanAccessRules.Write(rules.Settings) is { } known ? known : Setting.UnknownPart.ToString();
        return new Located(new KnownValue(text), sources.SpanOf(call.Syntax));
    }

    private PlanCall Operation(PlanVerb verb, IMethodSymbol method, IOperation call, Arguments arguments)
    {
        var objects = new List<Located>();
        var isOpen = false;
        Located? target = null;
        foreach (var argument in arguments)
        {
            var value = argument.Value with { Origin = argument.Value.Origin ?? argument.Span };
            if (verb == PlanVerb.Update && method.Parameters.Length == 2 && argument.Parameter.Ordinal == 0)
            {
                target = value;
            }
            else if (value.Value is ListValue list)
            {
                objects.AddRange(list.Items);
                isOpen |= list.IsOpen;
            }
            else
            {
                objects.Add(value);
            }
        }

        isOpen |= objects.Exists(static written => written.Value is not ObjectValue);
        var type = objects.Select(written => vocabulary.PlanTypeOf((written.Value as ObjectValue)?.Type)).FirstOrDefault(static known => known is not null)
            ?? vocabulary.PlanTypeOf(method.TypeArguments.Length > 0 ? Resolve(method.TypeArguments[0]) : null);
        return new PlanCall(verb, type?.Union ?? type, objects, sources.NameOf(call)) { Target = target, IsOpen = isOpen };
    }

    private void Patch(PlanCall operation, Arguments arguments, IOperation call)
    {
        string? path = null;
        foreach (var argument in arguments)
        {
            if (argument.Parameter.Ordinal == 0)
                path = (argument.Value.Value as KnownValue)?.Text;
            else if (path is not null)
                operation.Patches.Add((path, argument.Value with { Origin = argument.Value.Origin ?? argument.Span }, sources.NameOf(call)));
        }
    }

    private static PlanVerb VerbOf(string verb) => verb switch
    {
        "upsert" => PlanVerb.Upsert,
        "reconcile" => PlanVerb.Reconcile,
        "create" => PlanVerb.Create,
        "update" => PlanVerb.Update,
        "destroy" => PlanVerb.Destroy,
        _ => PlanVerb.None,
    };
}
