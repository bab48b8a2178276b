namespace StalwartHardening.Tests;

/// <summary>Editors ask for actions while people type: nothing is thrown, and what is offered is still true.</summary>
public class HalfTypedProgramTests
{
    [Fact]
    public async Task Every_prefix_of_a_program_gets_an_answer()
    {
        var sample = await File.ReadAllTextAsync(Repository.PathOf("samples", "ConfigAsCode", "InsecureServer.cs"), TestContext.Current.CancellationToken);
        var text = "using StalwartHardening.Configuration;\nclass Texts { object A = StalwartServer.ParseToml(\"\"\"\n    [server.listener.imap]\n    bind = \"[::]:143\"\n    protocol = \"imap\"\n\n    \"\"\"), B = StalwartServer.ParseToml($\"server.listener.imap.bind = '[::]:143'\\nserver.listener.imap.protocol = '{\"imap\"}'\\n\" + Other); const string Other = \"a.b = 1\\n\"; }\n";
        var answers = 0;
        foreach (var source in new[] { sample, text, RandomServerProgram.Create(4), RandomServerProgram.Create(31) })
        {
            await Parallel.ForAsync(0, source.Length / 9, TestContext.Current.CancellationToken, async (step, _) =>
            {
                // What is typed after the caret stays: with and without the rest of the file.
                foreach (var typed in new[] { source[..(step * 9)], source[..(step * 9)] + source[Math.Min(source.Length, (step * 9) + 12)..] })
                {
                    using var programs = new SourcePrograms();
                    programs.AddProject(typed);
                    foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(programs.Solution.Projects.Single()))
                    {
                        foreach (var action in await SourcePrograms.ActionsAsync(programs.Solution.Projects.Single(), diagnostic))
                        {
                            Assert.NotEmpty(await action.GetOperationsAsync(CancellationToken.None));
                            Interlocked.Increment(ref answers);
                        }
                    }
                }
            });
        }

        Assert.True(answers > 500, $"{answers} actions");
    }
}
