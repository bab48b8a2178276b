using System.Text;

namespace StalwartHardening.Tests.Architecture;

/// <summary>The folders of Core and what each may use: the one table that the test checks and the drawing shows.</summary>
internal static class Rooms
{
    /// <summary>Each room with the rooms it may use directly, the lowest first; what those use it may use, too.</summary>
    public static IReadOnlyList<(string Room, string[] MayUse)> All { get; } =
    [
        ("Settings", []),
        ("Edits", ["Settings"]),
        ("Toml", ["Edits"]),
        ("Plans", ["Edits"]),
        ("Expressions", ["Settings"]),
        ("Server", ["Expressions", "Edits"]),
        ("Generations", ["Server", "Toml", "Plans"]),
        ("Remedies", ["Server"]),
        ("Rules", ["Remedies", "Server"]),
        ("OptionFiles", ["Rules", "Generations"]),
        ("Fixing", ["Rules", "Generations"]),
        ("Migration", ["Rules", "Generations"]),
        ("Comparison", ["Migration"]),
        ("Programs", ["Fixing"]),
    ];

    /// <summary>Arrows that are still to be removed. One that is gone must be taken off the list.</summary>
    public static IReadOnlyList<(string From, string To)> Exceptions { get; } = [];

    /// <summary>The room of a type, named with its namespace.</summary>
    public static string Of(string type) => type.Split('.')[1];

    /// <summary>Whether types of <paramref name="from"/> may use types of <paramref name="to"/>.</summary>
    public static bool MayUse(string from, string to) =>
        from == to || All.Single(room => room.Room == from).MayUse.Any(used => MayUse(used, to));

    /// <summary>The table as a drawing.</summary>
    public static string Draw()
    {
        var text = new StringBuilder("```mermaid\nflowchart TD\n");
        foreach (var (room, mayUse) in All.Reverse())
        {
            foreach (var used in mayUse)
                text.Append("    ").Append(room).Append(" --> ").Append(used).Append('\n');
        }

        return text.Append("```\n").ToString();
    }
}
