using System.CommandLine;
using System.CommandLine.Parsing;
using StalwartHardening.OptionFiles;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary>What is wrong with a command line, in words that name what was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>The messages; none where everything is understood.</summary>
    public static IReadOnlyList<string> Of(ParseResult result)
    {
        var command = result.CommandResult.Command;
        if (command is RootCommand && result.UnmatchedTokens is [var first, ..] && !first.StartsWith('-'))
            return [$"unknown command '{Printable.Text(first)}'{Suggestion.For(first, command.Subcommands.Select(static sub => sub.Name))}"];
        var messages = new List<string>();
        foreach (var token in Unknown(result))
            messages.Add($"unknown option '{Printable.Text(token)}'{Suggestion.For(Name(token), Options(command))}");
        if (messages.Count > 0)
            return messages;
        return [.. result.Errors.Select(static error => Lower(error.Message))];
    }

    // What is no option is taken for an argument where there may be one; a file of that name is meant where it is there, or after "--".
    private static IEnumerable<string> Unknown(ParseResult result)
    {
        if (result.Tokens.Any(static token => token.Type == TokenType.DoubleDash))
            yield break;
        var arguments = result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens).Select(static token => token.Value);
        foreach (var token in arguments.Concat(result.UnmatchedTokens))
        {
            if (token.Length > 1 && token[0] == '-' && !Path.Exists(token))
                yield return token;
        }
    }

    private static string Name(string token)
    {
        var end = token.AsSpan().IndexOfAny('=', ':');
        return end < 0 ? token : token[..end];
    }

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(static parent => parent.Options)).SelectMany(static option => option.Aliases.Append(option.Name)).Where(static name => name.StartsWith("--", StringComparison.Ordinal));

    private static string Lower(string message) => message.Length > 1 && char.IsUpper(message[0]) && char.IsLower(message[1]) ? char.ToLowerInvariant(message[0]) + message[1..] : message;
}
