using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// What is thrown, by whom, and which handler takes it.
internal sealed partial class Interpreter
{
    // What is on its way to a handler; unknown where only that something was thrown is known.
    private Located _thrown = Located.Unknown;
    private ITypeSymbol? _thrownType;
    private int _risks;

    // Something throws an exception of the framework.
    private Located Throw(string? type = null)
    {
        _isThrowing = true;
        _thrownType = type is null ? null : models.Compilation.GetTypeByMetadataName(type);
        _thrown = Located.Of(new OpaqueValue("", _thrownType));
        return Located.Unknown;
    }

    private void Throw(IOperation? exception)
    {
        // "throw;" throws what is being handled once more.
        if (exception is null)
        {
            _isThrowing = true;
            return;
        }

        var thrown = Evaluate(exception);
        if (_isThrowing)
            return;
        _isThrowing = true;
        _thrown = thrown;
        while (exception is IConversionOperation conversion)
            exception = conversion.Operand;
        _thrownType = thrown.Value is ObjectValue { Type: { } own } ? own : exception is IObjectCreationOperation ? exception.Type : null;
    }

    // Objects that only carry what they are given.
    private static bool IsCarrier(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Exception" or "EventArgs", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
                return true;
        }

        return false;
    }

    // An object of the framework: what it is given it says by the same name; what it says besides is not known.
    private ObjectValue CreateCarrier(IMethodSymbol constructor, Arguments arguments)
    {
        var made = new ObjectValue(constructor.ContainingType, "#" + (++_unnamed).ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var argument in arguments)
        {
            for (var type = constructor.ContainingType; type is not null; type = type.BaseType)
            {
                if (type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => string.Equals(property.Name, argument.Parameter.Name, StringComparison.OrdinalIgnoreCase)) is not { } property)
                    continue;
                // A message may have more added to it.
                if (property.Name != "Message" || type.BaseType?.SpecialType == SpecialType.System_Object)
                    made.Members[property] = argument.Value;
                break;
            }
        }

        return made;
    }

    private Flow ExecuteTry(ITryOperation statement)
    {
        var before = _risks;
        var flow = Execute(statement.Body);
        if (flow == Flow.Throw)
        {
            flow = ExecuteCatch(statement);
        }
        else if (_risks > before && Array.Exists([.. statement.Catches], HandlesOnly) && !choices.Take())
        {
            // Something in the body may throw that nobody sees; what came before it stays written, and where it was is not known.
            Servers.ForEach(static server => server.Open(""));
            (_thrown, _thrownType) = (Located.Unknown, null);
            flow = ExecuteCatch(statement);
        }

        var (isThrowing, thrown, thrownType) = (_isThrowing, _thrown, _thrownType);
        _isThrowing = false;
        var after = Execute(statement.Finally);
        if (isThrowing && !_isThrowing)
            (_isThrowing, _thrown, _thrownType) = (true, thrown, thrownType);
        return after != Flow.Next ? after : flow;
    }

    // A handler that only reports and leaves writes no server and none comes of it.
    private static bool HandlesOnly(ICatchClauseOperation handler)
    {
        foreach (var operation in handler.Handler.Descendants())
        {
            if (operation is IThrowOperation && operation.Parent is IBlockOperation or IExpressionStatementOperation)
                return false;
        }

        return true;
    }

    private Flow ExecuteCatch(ITryOperation statement)
    {
        var (thrown, thrownType) = (_thrown, _thrownType);
        _isThrowing = false;
        for (var i = 0; i < statement.Catches.Length; i++)
        {
            var handler = statement.Catches[i];
            // Which handler takes an exception nobody has seen is known only for the last.
            bool? takes = thrownType is null ? i == statement.Catches.Length - 1 ? true : null : IsA(thrownType, handler.ExceptionType);
            if (takes == false)
                continue;
            if (handler.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation declarator)
                _frame.Declare(declarator.Symbol, thrownType is null ? Fresh(handler.ExceptionType) : thrown);
            if (handler.Filter is { } filter)
            {
                var holds = Evaluate(filter).Value;
                // A filter that throws does not hold.
                if (_isThrowing)
                {
                    _isThrowing = false;
                    continue;
                }

                takes = AsBoolean(holds) ?? (takes is null ? null : Decide(holds));
            }

            if (!(takes ?? choices.Take()))
                continue;
            (_thrown, _thrownType) = (thrown, thrownType);
            return Execute(handler.Handler);
        }

        (_isThrowing, _thrown, _thrownType) = (true, thrown, thrownType);
        return Flow.Throw;
    }
}
