using System.CommandLine;

namespace StalwartHardening.Tool.Commands;

/// <summary>The argument of commands about one server.</summary>
internal static class ConfigurationArgument
{
    /// <summary>A configuration, or several plans that are one run.</summary>
    public static Argument<string[]> Create() => new("file")
    {
        Description = "The configuration, or - for standard input. Several plans are one run: they are applied in this order.",
        Arity = ArgumentArity.OneOrMore,
    };
}
