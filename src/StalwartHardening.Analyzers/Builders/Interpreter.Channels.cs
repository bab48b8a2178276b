using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Channels between the parts of a program. What one part has not written yet when another reads is not known.
internal sealed partial class Interpreter
{
    private static bool IsOfChannels(ITypeSymbol type) => type.ContainingNamespace is { Name: "Channels", ContainingNamespace.Name: "Threading" };

    private Located? InvokeChannel(IMethodSymbol method, Located receiver, Arguments given, List<Located> arguments)
    {
        if (method.IsStatic)
            return method.Name is "CreateUnbounded" or "CreateBounded" or "CreateUnboundedPrioritized" ? Located.Of(new ChannelValue()) : null;
        if (receiver.Value is not ChannelValue { Queue: var queue } channel)
            return null;
        switch (method.Name)
        {
            case "TryWrite" or "WriteAsync" when arguments.Count > 0:
                queue.Items.Add(arguments[0]);
                return Located.Of(Value.Of(true));
            case "Complete" or "TryComplete":
                channel.IsComplete = true;
                return Located.Of(Value.Of(true));
            case "TryRead" or "TryPeek" when queue.Items.Count > 0 || channel.IsComplete:
                return Take(method, queue, given);
            case "ReadAsync" when queue.Items.Count > 0:
                return Take(method, queue, given);
            case "WaitToReadAsync" when queue.Items.Count > 0 || channel.IsComplete:
                return Located.Of(Value.Of(queue.Items.Count > 0));
            case "WaitToWriteAsync":
                return Located.Of(Value.Of(!channel.IsComplete));
            case "ReadAllAsync":
                var all = queue.Copy();
                queue.Items.Clear();
                all.IsOpen = !channel.IsComplete;
                if (all.IsOpen)
                    all.Items.Add(Fresh(method.ContainingType.TypeArguments.FirstOrDefault()));
                return Located.Of(all);
            default:
                return null;
        }
    }
}

/// <summary>What some parts of a program write and others read.</summary>
internal sealed class ChannelValue : Value
{
    public ListValue Queue { get; } = new([], ListKind.Queue);

    /// <summary>Whether nobody writes any more.</summary>
    public bool IsComplete { get; set; }
}
