using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace StalwartHardening.Configuration;

/// <summary>The lines of a program's code, from its portable debugging symbols: beside the assembly or inside of it.</summary>
internal static class SymbolFiles
{
    // A file is looked for once; a program has a handful of assemblies that build servers.
    private static readonly ConcurrentDictionary<string, SymbolFile?> Known = new(StringComparer.Ordinal);

    /// <summary>The line at <paramref name="offset"/> of a method's code; within a statement of several lines, the one that names <paramref name="call"/>.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An assembly without a file has no symbols that could be found; the finding then names the call only.")]
    public static SourceLine? Find(MethodBase method, int offset, string call)
    {
        try
        {
            var path = method.Module.Assembly.IsDynamic ? "" : method.Module.Assembly.Location;
            if (path.Length == 0 || Known.GetOrAdd(path, SymbolFile.Open) is not { } file)
                return null;
            return file.Find(method.MetadataToken, offset, call);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private sealed class SymbolFile(MetadataReaderProvider provider)
    {
        private readonly MetadataReader _reader = provider.GetMetadataReader();

        public static SymbolFile? Open(string assemblyPath)
        {
            if (!File.Exists(assemblyPath))
                return null;
            using var image = new PEReader(File.OpenRead(assemblyPath));
            return image.TryOpenAssociatedPortablePdb(assemblyPath, static path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _)
                ? new SymbolFile(provider!)
                : null;
        }

        public SourceLine? Find(int methodToken, int offset, string call)
        {
            if (MetadataTokens.EntityHandle(methodToken) is not { Kind: HandleKind.MethodDefinition } handle)
                return null;
            var information = _reader.GetMethodDebugInformation(((MethodDefinitionHandle)handle).ToDebugInformationHandle());
            SequencePoint? last = null;
            foreach (var point in information.GetSequencePoints())
            {
                if (point.Offset > offset)
                    break;
                if (!point.IsHidden)
                    last = point;
            }

            if (last is not { } statement)
                return null;
            var path = _reader.GetString(_reader.GetDocument(statement.Document).Name);
            return new SourceLine(path, statement.EndLine > statement.StartLine ? StatementText.LineOf(path, statement, call) : statement.StartLine);
        }
    }
}
