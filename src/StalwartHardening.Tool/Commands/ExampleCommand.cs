using System.CommandLine;

namespace StalwartHardening.Tool.Commands;

/// <summary>A command whose help ends with examples, lines as they are typed.</summary>
internal sealed class ExampleCommand(string name, string description, string examples) : Command(name, description)
{
    /// <summary>The examples, a line each.</summary>
    public string Examples { get; } = examples;
}
