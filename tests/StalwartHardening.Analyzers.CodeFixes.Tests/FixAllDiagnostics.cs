using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace StalwartHardening.Tests;

/// <summary>What an editor knows when it fixes everything: the diagnostics of one rule, found anew in each project.</summary>
internal sealed class FixAllDiagnostics(string id, Func<Project, Task<IEnumerable<Diagnostic>>> find) : FixAllContext.DiagnosticProvider
{
    public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        (await find(project)).Where(diagnostic => diagnostic.Id == id);

    public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
        (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == document.FilePath);

    // Those that belong to no document in C#: here, all that are in configuration files.
    public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        (await GetAllDiagnosticsAsync(project, cancellationToken)).Where(static diagnostic => diagnostic.Location.SourceTree is null);
}
