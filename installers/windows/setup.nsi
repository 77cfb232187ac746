; The set-up for Windows: for one user, without an administrator.
;
; NSIS and not Inno Setup: makensis runs on Linux as well, so the same script is made and tried
; under Wine here and made on Windows by the release workflow.
;
; Command line (names in capitals, as NSIS has them):
;   /S              without a window; an upgrade restarts the program if it ran
;   /AUTOSTART=1|0  starts at login or not; without it an upgrade leaves it as it is
;   /DOWNGRADE=1    replaces a newer version too, which /S refuses otherwise
;   /D=FOLDER       where to (last, without quotes)
; The uninstaller: /S keeps the data; /DELETEDATA=1 deletes it. It starts a copy of itself, for no
;   program can delete itself, and ends at once with 0; with _?=FOLDER (last, without quotes) it
;   does not, tells the exit code, and stays itself.
; Exit codes: 0 well, 1 cancelled, 2 files could not be written, 4 the program is in use,
;   5 Claude Code's settings could not be given back, 6 this Windows is too old,
;   7 a newer version is installed.
; What was done lies in %TEMP%\qcc-desktop-setup.log, that of the last time.
;
; A Claude Code window that the program opened has the program itself as its parent, which waits
; for its end: for days, perhaps. An upgrade must not need that window to be closed. Three shapes
; were weighed:
; - The parent hands over and ends. Windows Terminal, mintty and every shell close a window when
;   what they started in it ends, and Claude Code with it; and nobody would remove the launch's
;   settings or keep the window open on an early failure.
; - The parent is a small program of its own outside of this folder. One more thing to build, to
;   sign, to update and to be suspected by virus scanners, for it only starts other programs.
; - What is in use is put aside by a rename, which Windows allows for programs that run and the
;   libraries they have loaded; deleting is what it refuses. Chosen: nothing of the launch changes.
;   The program takes away what is left as soon as nobody uses it (system/updating/aside.py), and
;   the next set-up and the uninstaller do too.
;
; Made by installers/windows/package.py, which defines: VERSION, QUAD, HIGH and LOW (the version as
; Windows compares it), SOURCE (folder), OUTPUT, ICON, SIDE (the last page's picture), SIZE_KB,
; MAKER, COPYRIGHT, HOME_PAGE and SIGN where there are such, and QUICK for one that is only tried.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
ManifestLongPathAware true
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif
RequestExecutionLevel user

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include StrFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include Sections.nsh
${UnStrStr}

!define NAME "QCC Desktop"
!define PROGRAM "qcc-desktop.exe"
!define TRAY "qcc-desktopw.exe"
!define PARTS "_internal"
!define FORMER "former"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\${PROGRAM}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define RUN_ONCE "Software\Microsoft\Windows\CurrentVersion\RunOnce"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define NOT_RUNNING 3
!define LOOKS 20

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${QUAD}"
VIFileVersion "${QUAD}"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

Var WasRunning
Var StopCode
Var Autostart
Var Former
Var Stuck
Var Log

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${TRAY}"

!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!include words.nsh

!macro VERSION_WORDS LANG
  VIAddVersionKey /LANG=${LANG} "ProductName" "${NAME}"
  VIAddVersionKey /LANG=${LANG} "FileDescription" "${NAME} Setup"
  VIAddVersionKey /LANG=${LANG} "CompanyName" "${MAKER}"
  VIAddVersionKey /LANG=${LANG} "LegalCopyright" "${COPYRIGHT}"
  VIAddVersionKey /LANG=${LANG} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANG} "ProductVersion" "${VERSION}"
!macroend
!insertmacro VERSION_WORDS ${LANG_ENGLISH}
!insertmacro VERSION_WORDS ${LANG_SIMPCHINESE}

; Begins the log anew.
!macro BEGIN_LOG TEXT
  StrCpy $Log "$TEMP\qcc-desktop-setup.log"
  ${GetTime} "" "L" $0 $1 $2 $3 $4 $5 $6
  FileOpen $9 "$Log" w
  FileWriteUTF16LE /BOM $9 "$2-$1-$0 $4:$5:$6  ${TEXT}$\r$\n"
  FileClose $9
!macroend

!macro LOG TEXT
  FileOpen $9 "$Log" a
  FileSeek $9 0 END
  FileWriteUTF16LE $9 "${TEXT}$\r$\n"
  FileClose $9
!macroend
!define Log "!insertmacro LOG"

; Gives up with an exit code.
!macro END_WITH CODE
  ${Log} "ends with code ${CODE}"
  SetErrorLevel ${CODE}
  Quit
!macroend
!define EndWith "!insertmacro END_WITH"

; Asks the installed program to finish its answers and end; $WasRunning tells whether it did.
!macro STOP_PROGRAM
  StrCpy $WasRunning 0
  StrCpy $StopCode ${NOT_RUNNING}
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    DetailPrint "$(STOPPING)"
    nsExec::ExecToStack '"$INSTDIR\${PROGRAM}" stop'
    Pop $StopCode
    Pop $1
    ${Log} "stop: $StopCode $1"
    ${If} $StopCode == 0
      StrCpy $WasRunning 1
    ${EndIf}
  ${EndIf}
!macroend

; Sets the error flag when a program is in use: Windows lets nobody write to it then.
!macro TRY_TO_WRITE FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    FileOpen $4 "$INSTDIR\${FILE}" a
    FileClose $4
  ${EndIf}
!macroend

; Gives up, or has it tried again, when ${LOOKS} looks were in vain.
!macro WAIT_OR_GIVE_UP AGAIN WORDS
  IntOp $2 $2 + 1
  ${If} $2 < ${LOOKS}
    Sleep 500
  ${Else}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${WORDS}" /SD IDCANCEL IDRETRY ${AGAIN}
    ${If} $WasRunning == 1
      Exec '"$INSTDIR\${TRAY}" --hidden'
    ${EndIf}
    ${EndWith} 4
    ${AGAIN}:
    StrCpy $2 0
  ${EndIf}
!macroend

!macro FUNCTIONS UN
  ; Deletes what was put aside; $Stuck tells whether any of it is in use still.
  Function ${UN}DeleteFormer
    StrCpy $Stuck 0
    FindFirst $5 $6 "$INSTDIR\${FORMER}*"
    ${While} $6 != ""
      RMDir /r "$INSTDIR\$6"
      ${If} ${FileExists} "$INSTDIR\$6\*.*"
        ${Log} "in use: $6"
        StrCpy $Stuck 1
      ${EndIf}
      StrCpy $6 ""
      FindNext $5 $6
    ${EndWhile}
    FindClose $5
  FunctionEnd

  ; Moves the folder that was pushed first to the place that was pushed second. What cannot be
  ; renamed whole, for a program in it runs, is moved file by file. $Stuck becomes 1 when a file
  ; cannot be moved; the others are moved all the same.
  Function ${UN}MoveFolder
    Exch $R1
    Exch
    Exch $R0
    Push $R2
    Push $R3
    ${IfNot} ${FileExists} "$R1\*.*"
      ClearErrors
      Rename "$R0" "$R1"
      IfErrors 0 moved
    ${EndIf}
    CreateDirectory "$R1"
    FindFirst $R2 $R3 "$R0\*.*"
    ${While} $R3 != ""
      ${If} $R3 == "."
      ${OrIf} $R3 == ".."
        Nop
      ${ElseIf} ${FileExists} "$R0\$R3\*.*"
        Push "$R0\$R3"
        Push "$R1\$R3"
        Call ${UN}MoveFolder
      ${Else}
        ClearErrors
        Rename "$R0\$R3" "$R1\$R3"
        ${If} ${Errors}
          ${Log} "cannot be moved: $R0\$R3"
          StrCpy $Stuck 1
        ${EndIf}
      ${EndIf}
      StrCpy $R3 ""
      FindNext $R2 $R3
    ${EndWhile}
    FindClose $R2
    RMDir "$R0"
    moved:
    Pop $R3
    Pop $R2
    Pop $R0
    Pop $R1
  FunctionEnd

  ; Puts program and parts back that were put aside.
  Function ${UN}PutBack
    Rename "$INSTDIR\$Former\${PROGRAM}" "$INSTDIR\${PROGRAM}"
    Rename "$INSTDIR\$Former\${TRAY}" "$INSTDIR\${TRAY}"
    Push "$INSTDIR\$Former"
    Push "$INSTDIR\${PARTS}"
    Call ${UN}MoveFolder
  FunctionEnd

  ; Puts program and parts aside, all or nothing: $Stuck tells which.
  Function ${UN}PutAside
    StrCpy $Stuck 0
    ${IfNot} ${FileExists} "$INSTDIR\${PARTS}\*.*"
      Return
    ${EndIf}
    StrCpy $Former "${FORMER}"
    StrCpy $5 1
    ${While} ${FileExists} "$INSTDIR\$Former\*.*"
      IntOp $5 $5 + 1
      StrCpy $Former "${FORMER}-$5"
    ${EndWhile}
    Push "$INSTDIR\${PARTS}"
    Push "$INSTDIR\$Former"
    Call ${UN}MoveFolder
    ClearErrors
    Rename "$INSTDIR\${PROGRAM}" "$INSTDIR\$Former\${PROGRAM}"
    Rename "$INSTDIR\${TRAY}" "$INSTDIR\$Former\${TRAY}"
    ${If} ${Errors}
      StrCpy $Stuck 1
    ${EndIf}
    ${If} $Stuck == 1
      Call ${UN}PutBack
      StrCpy $Stuck 1
    ${EndIf}
  FunctionEnd
!macroend
!insertmacro FUNCTIONS ""
!insertmacro FUNCTIONS "un."

; Tells by $Stuck whether the program itself runs. A Claude Code window's parent, which may go on,
; is always the program with a console.
Function LookWhetherItRuns
  StrCpy $Stuck 0
  ClearErrors
  !insertmacro TRY_TO_WRITE "${TRAY}"
  ${If} $StopCode != 0
  ${AndIf} $StopCode != ${NOT_RUNNING}
    !insertmacro TRY_TO_WRITE "${PROGRAM}"
  ${EndIf}
  ${If} ${Errors}
    ${Log} "it runs still"
    StrCpy $Stuck 1
  ${EndIf}
FunctionEnd

!macro LOOK_WHETHER_AUTOSTART
  StrCpy $Autostart 0
  ReadRegStr $0 HKCU "${RUN}" "${NAME}"
  ${If} $0 != ""
    StrCpy $Autostart 1
  ${EndIf}
!macroend

Section "${NAME}" SecProgram
  SectionIn RO
  SetShellVarContext current
  ${Log} "into $INSTDIR"
  !insertmacro STOP_PROGRAM
  Call DeleteFormer
  StrCpy $2 0
  ${Do}
    Call LookWhetherItRuns
    ${If} $Stuck == 0
      Call PutAside
    ${EndIf}
    ${If} $Stuck == 0
      ${ExitDo}
    ${EndIf}
    IntOp $3 $2 % 5
    ${If} $3 == 4
    ${AndIf} $WasRunning == 0
      !insertmacro STOP_PROGRAM ; one that was just starting can be asked by now
    ${EndIf}
    !insertmacro WAIT_OR_GIVE_UP look_again "$(STILL_RUNS)"
  ${Loop}
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    RMDir /r "$INSTDIR\${PARTS}"
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\${TRAY}"
    Call PutBack
    MessageBox MB_OK|MB_ICONSTOP "$(NOT_WRITTEN)" /SD IDOK
    ${EndWith} 2
  ${EndIf}
  Call DeleteFormer
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${TRAY}" "" "$INSTDIR\${TRAY}" 0
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\${TRAY},0"
  WriteRegStr HKCU "${KEY}" "Publisher" "${MAKER}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  !ifdef HOME_PAGE
    WriteRegStr HKCU "${KEY}" "URLInfoAbout" "${HOME_PAGE}"
  !endif
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  WriteRegStr HKCU "${PATHS}" "" "$INSTDIR\${PROGRAM}"
  ${Log} "version ${VERSION} is in its place"
SectionEnd

Section /o "$(AUTOSTART)" SecAutostart
SectionEnd

Section -After
  !insertmacro LOOK_WHETHER_AUTOSTART
  ${If} ${SectionIsSelected} ${SecAutostart}
    nsExec::Exec '"$INSTDIR\${PROGRAM}" autostart on'
    Pop $0
  ${ElseIf} $Autostart == 1
    nsExec::Exec '"$INSTDIR\${PROGRAM}" autostart off'
    Pop $0
  ${EndIf}
  ${If} $WasRunning == 1
    Exec '"$INSTDIR\${TRAY}" --hidden'
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecProgram} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecAutostart} "$(ABOUT_AUTOSTART)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; A newer version stays, unless the person wants it replaced: what it has stored may be of a form
; that the older one refuses to read.
Function RefuseOlder
  GetDLLVersion "$INSTDIR\${TRAY}" $R0 $R1
  ${If} $R0 U< ${HIGH}
    Return
  ${EndIf}
  ${If} $R0 == ${HIGH}
  ${AndIf} $R1 U<= ${LOW}
    Return
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/DOWNGRADE=" $0
  ${If} $0 == 1
    Return
  ${EndIf}
  IntOp $1 $R0 >> 16
  IntOp $2 $R0 & 0xFFFF
  IntOp $3 $R1 >> 16
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(NEWER)" /SD IDNO IDYES wanted
  ${EndWith} 7
  wanted:
FunctionEnd

Function .onInit
  !insertmacro BEGIN_LOG "set-up of ${NAME} ${VERSION}"
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    ${EndWith} 6
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${TRAY}"
    Call RefuseOlder
  ${EndIf}
  !insertmacro LOOK_WHETHER_AUTOSTART
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/AUTOSTART=" $0
  ${IfNot} ${Errors}
    StrCpy $Autostart $0
  ${EndIf}
  ${If} $Autostart == 1
    !insertmacro SelectSection ${SecAutostart}
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro BEGIN_LOG "removal of ${NAME} ${VERSION}"
FunctionEnd

Section un.Program
  SetShellVarContext current
  give_back:
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    DetailPrint "$(GIVING_BACK)"
    nsExec::ExecToStack '"$INSTDIR\${PROGRAM}" restore'
    Pop $0
    Pop $1
    ${Log} "restore: $0 $1"
    ${If} $0 != 0
      MessageBox MB_ABORTRETRYIGNORE|MB_ICONEXCLAMATION "$(NOT_GIVEN_BACK)$\r$\n$\r$\n$1" \
        /SD IDABORT IDRETRY give_back IDIGNORE ignored
      ${EndWith} 5
      ignored:
    ${EndIf}
  ${EndIf}
  !insertmacro STOP_PROGRAM
  ; Nobody would take away later what is left here, so nothing of it may be in use; and nothing is
  ; deleted before that is known.
  StrCpy $2 0
  ${Do}
    Call un.DeleteFormer
    ClearErrors
    !insertmacro TRY_TO_WRITE "${PROGRAM}"
    !insertmacro TRY_TO_WRITE "${TRAY}"
    ${If} ${Errors}
      StrCpy $Stuck 1
    ${EndIf}
    ${If} $Stuck == 0
      ${ExitDo}
    ${EndIf}
    !insertmacro WAIT_OR_GIVE_UP look_again "$(IN_USE)"
  ${Loop}
  StrCpy $3 0
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/DELETEDATA=" $3
  ${If} ${Errors}
    StrCpy $3 0
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DELETE_DATA)" /SD IDNO IDNO kept
    StrCpy $3 1
    kept:
  ${EndIf}
  ${If} $3 == 1
    nsExec::ExecToStack '"$INSTDIR\${PROGRAM}" erase --yes'
    Pop $0
    Pop $1
    ${Log} "erase: $0 $1"
  ${EndIf}
  StrCpy $2 0
  ${Do}
    Call un.PutAside
    ${If} $Stuck == 0
      ${ExitDo}
    ${EndIf}
    !insertmacro WAIT_OR_GIVE_UP move_again "$(IN_USE)"
  ${Loop}
  ; An entry of another copy of the program, a portable one, is none of ours.
  ReadRegStr $0 HKCU "${RUN}" "${NAME}"
  ${UnStrStr} $1 "$0" "$INSTDIR\"
  ${If} $1 != ""
    DeleteRegValue HKCU "${RUN}" "${NAME}"
    DeleteRegValue HKCU "${APPROVED}" "${NAME}"
  ${EndIf}
  DeleteRegValue HKCU "${RUN_ONCE}" "${NAME} update"
  DeleteRegKey HKCU "${PATHS}"
  DeleteRegKey HKCU "${KEY}"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Call un.DeleteFormer
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${Log} "removed"
SectionEnd
